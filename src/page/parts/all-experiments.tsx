/** The way back from where there is nothing. */
export function AllExperiments() {
  return (
    <p>
      <a href="#/">All experiments of this results folder</a>
    </p>
  );
}

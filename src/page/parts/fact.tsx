/** A name and what is so called, in a list of such. */
interface FactProps {
  readonly name: string;
  readonly children: preact.ComponentChildren;
}

export function Fact({ name, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

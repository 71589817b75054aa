/** What went wrong, in one line; said to screen readers. */
export function Problem({ text }: { readonly text: string | null }) {
  return text === null ? null : (
    <p class="problem" role="alert">
      {text}
    </p>
  );
}

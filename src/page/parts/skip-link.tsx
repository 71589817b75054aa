/** The first stop of the keyboard. It leaves the address alone, which says where the page is. */
export function SkipLink() {
  return (
    <a class="skip" href="#main" onClick={toMain}>
      Skip to content
    </a>
  );
}

function toMain(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

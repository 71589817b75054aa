/* global document, localStorage */
// Before anything is drawn: light or dark as it was chosen, else as the system has it.
try {
  document.documentElement.dataset.theme = localStorage.getItem('tsd-theme') ?? 'os';
} catch {
  document.documentElement.dataset.theme = 'os'; // where a browser keeps nothing
}

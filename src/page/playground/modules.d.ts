/** Vite's workers: a module that is a class of workers. */
declare module '*?worker' {
  const Made: new () => Worker;
  export default Made;
}

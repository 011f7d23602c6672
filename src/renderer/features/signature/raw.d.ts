/** A file's own text, as the bundler hands it out. */
declare module "*?raw" {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: this is how the bundler does it
  export default text;
}

/** What next.config.mjs makes of these: the finished script or style sheet as text. */
declare module "*?bundled" {
  const text: string;
  export default text;
}

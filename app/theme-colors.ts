/** The colour of the browser's own frame around a page: that of the ground. */
export const themeColors = [
  { media: "(prefers-color-scheme: light)", color: "#f6f7f9" },
  { media: "(prefers-color-scheme: dark)", color: "#0c0f14" },
];

/**
 * Whether a request that changes something may come from another site. Browsers send Origin with every POST; a request
 * with neither header comes from no browser and carries only its sender's own cookies. (S13)
 */
export function isCrossSite(headers: Headers, ownOrigin: string): boolean {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  return (origin !== null && origin !== ownOrigin) || (site !== null && site !== "same-origin");
}

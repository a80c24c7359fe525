import { env } from "./env";

export type Brand = { name: string; logo: string | null };

/** The name and the logo that the pages show. */
export function brand(): Brand {
  const { BRAND_NAME, BRAND_LOGO } = env();
  return { name: BRAND_NAME, logo: BRAND_LOGO };
}

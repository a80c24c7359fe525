import { type Metadata, type Viewport } from "next";
import { connection } from "next/server";
import { type ReactNode } from "react";
import { currentLanguage } from "@/lib/i18n/current";
import { brand } from "@/lib/services";
import { themeColors } from "./theme-colors";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  await connection();
  const { name } = brand();
  return { title: { default: name, template: `%s · ${name}` }, robots: { index: false, follow: false } };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  colorScheme: "light dark",
  themeColor: themeColors,
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A page made ahead of time carries no nonce, and the policy would then run none of its scripts.
  await connection();
  return (
    <html lang={await currentLanguage()}>
      <body>{children}</body>
    </html>
  );
}

"use client";

import { Fault } from "@/components/fault";
import { faultWords } from "@/lib/i18n/fault";
import { languages } from "@/lib/i18n/language";
import "./globals.css";

/** The root layout itself failed, so nobody knows the language: it is said in both. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const [chinese] = languages;
  return (
    <html lang={chinese}>
      <body className="mx-auto grid max-w-150 content-center gap-5 px-5 py-10">
        <title>{faultWords[chinese].title}</title>
        {languages.map((language) => (
          <div key={language} lang={language}>
            <Fault error={error} retry={retry} words={faultWords[language]} />
          </div>
        ))}
      </body>
    </html>
  );
}

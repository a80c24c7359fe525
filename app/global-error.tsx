"use client";

import { Fault } from "@/components/fault";
import { languages } from "@/lib/i18n/languages";
import "./globals.css";

/** The root layout itself failed, so the language is not known: the message stands in every one. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const [first] = languages;
  return (
    <html lang={first.code}>
      <body className="mx-auto grid max-w-150 content-center gap-5 px-5 py-10">
        <title>{first.fault.title}</title>
        {languages.map((language) => (
          <div key={language.code} lang={language.code}>
            <Fault error={error} retry={retry} language={language} />
          </div>
        ))}
      </body>
    </html>
  );
}

"use client";

import { Fault } from "@/components/fault";
import { faults } from "@/lib/i18n/faults";
import "./globals.css";

/** The root layout itself failed, so the language is not known: the message stands in every one. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="zh-CN">
      <body className="mx-auto grid max-w-150 content-center gap-5 px-5 py-10">
        <title>{faults["zh-CN"].title}</title>
        {Object.entries(faults).map(([language, words]) => (
          <div key={language} lang={language}>
            <Fault error={error} retry={retry} words={words} />
          </div>
        ))}
      </body>
    </html>
  );
}

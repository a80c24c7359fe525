const encoder = new TextEncoder();

const contentTypes = { csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson" };

type Download = { subject: string; format: keyof typeof contentTypes; body: ReadableStream<Uint8Array> };

/** A response that a browser saves as `<subject>-<today>.<format>`, and that nothing on the way keeps. */
export function respondWithFile({ subject, format, body }: Download): Response {
  const name = `${subject}-${new Date().toISOString().slice(0, 10)}.${format}`;
  return new Response(body, {
    headers: {
      "content-type": contentTypes[format],
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}

/** A text that is written while it is sent, so that a long one takes no memory. It ends early when the reader goes away. */
export function streamText(write: () => AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const parts = write();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await parts.return(undefined)),
  });
}

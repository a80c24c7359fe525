const encoder = new TextEncoder();

/** A body that is written as it is read, so that a long one takes no memory. It ends early when the reader goes away. */
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

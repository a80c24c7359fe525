/**
 * The text of a request's body, or null when it is longer than `longestBytes`. It is counted as it arrives, because a body
 * sent in chunks announces no length. (S34)
 */
export async function readShortBody(request: Request, longestBytes: number): Promise<string | null> {
  if (Number(request.headers.get("content-length")) > longestBytes) return null;
  const reader = request.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > longestBytes) {
      await reader?.cancel();
      return null;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

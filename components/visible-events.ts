const maxPauseMs = 60_000;

type Events = {
  /** Asked for at each opening. */
  address: () => string;
  /** Returns true when nothing more is awaited. */
  receive: (data: string) => boolean;
};

/** Receives the messages of an event stream while the tab is visible: one connection at most. Returns how to stop. */
export function followWhileVisible({ address, receive }: Events): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isOver = false;

  function open(): void {
    close();
    if (isOver || document.visibilityState !== "visible") return;
    source = new EventSource(address());
    source.onmessage = ({ data }) => {
      isOver = receive(data);
      if (isOver) close();
    };
    source.onopen = () => {
      failures = 0;
    };
    source.onerror = retryLater;
  }
  function close(): void {
    clearTimeout(timer);
    source?.close();
    source = null;
  }
  /** A page from the browser's back-forward cache comes back as it was. */
  function reopen({ persisted }: PageTransitionEvent): void {
    if (persisted) open();
  }
  /** The browser itself would ask every two seconds, from every tab of the company at once. */
  function retryLater(): void {
    close();
    const longest = Math.min(2000 * 2 ** failures, maxPauseMs);
    failures += 1;
    timer = setTimeout(open, longest * (0.5 + Math.random() / 2));
  }

  open();
  document.addEventListener("visibilitychange", open);
  window.addEventListener("pageshow", reopen);
  window.addEventListener("pagehide", close);
  return () => {
    close();
    document.removeEventListener("visibilitychange", open);
    window.removeEventListener("pageshow", reopen);
    window.removeEventListener("pagehide", close);
  };
}

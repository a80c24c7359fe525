import { useEffect, useState } from "react";

/** The whole seconds left, updated once a second. Calls `onEnd` at zero, but in a hidden page only when it is visible again. */
export function useCountdown(seconds: number | null, onEnd: () => void): number | null {
  const [left, setLeft] = useState(seconds);

  useEffect(() => {
    setLeft(seconds);
    if (seconds === null) return;
    const deadline = performance.now() + seconds * 1000;
    function tick() {
      const now = Math.max(0, Math.ceil((deadline - performance.now()) / 1000));
      setLeft(now);
      if (now > 0 || document.hidden) return;
      stop();
      onEnd();
    }
    function stop() {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    }
    const timer = setInterval(tick, 1000);
    document.addEventListener("visibilitychange", tick);
    return stop;
  }, [seconds, onEnd]);

  return left;
}

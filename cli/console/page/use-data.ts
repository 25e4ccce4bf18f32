import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ConsoleClient } from './console-client';

const TICK_MS = 1_000;

/** The time, each second. A tab in the background does not count. */
export function useClock(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => {
      if (!document.hidden) {
        setNow(Date.now());
      }
    }, TICK_MS);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}

export interface Loaded<T> {
  readonly content?: T;
  readonly error?: string;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/** What a path answers. It is read again after `everyMs`, and by `reload`. The last answer stays until the next one. */
export function useLoaded<T>(api: ConsoleClient, path: string, everyMs?: number): Loaded<T> {
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{ readonly content?: T; readonly error?: string; readonly isLoading: boolean }>({ isLoading: true });
  const reload = useCallback(() => setRound((current) => current + 1), []);
  useEffect(() => {
    const controller = new AbortController();
    let timer: number | undefined;
    const load = () => {
      setState((last) => ({ ...last, isLoading: true }));
      api.get<T>(path, {}, controller.signal).then(
        (content) => setState({ content, isLoading: false }),
        (error: Error) => setState((last) => (controller.signal.aborted ? last : { ...last, error: error.message, isLoading: false })),
      ).finally(() => {
        if (everyMs !== undefined && !controller.signal.aborted) {
          timer = window.setTimeout(load, everyMs);
        }
      });
    };
    load();
    return () => {
      controller.abort();
      window.clearTimeout(timer);
    };
  }, [api, path, everyMs, round]);
  return { ...state, reload };
}

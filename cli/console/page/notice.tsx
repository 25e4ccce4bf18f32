import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Says that there is nothing, and what to do next. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return <div class="empty"><h2>{title}</h2>{children}</div>;
}

export function NoSessionNotice() {
  return (
    <main class="notice">
      <h1>Open the console with its token</h1>
      <p>This page has no valid token. Each start of the command has its own.</p>
      <p>Start <code>npx cdk-webhooks console</code>, and open the address that it prints.</p>
    </main>
  );
}

export function Failure({ error, onRetry }: { readonly error: string; readonly onRetry?: () => void }) {
  return (
    <div class="failure" role="alert">
      <p>{error}</p>
      {onRetry && <button type="button" onClick={onRetry}>Try again</button>}
    </div>
  );
}

interface ConfirmProps {
  readonly label: string;
  readonly question: string;
  readonly confirm: string;
  readonly onConfirm: () => Promise<string>;
  readonly announce: (text: string) => void;
  readonly isDanger?: boolean;
}

/** A button that asks before it changes something. The question replaces it, and gets the focus. */
export function ConfirmButton({ label, question, confirm, onConfirm, announce, isDanger }: ConfirmProps) {
  const [phase, setPhase] = useState<'idle' | 'asking' | 'working'>('idle');
  const [outcome, setOutcome] = useState<{ readonly text: string; readonly isError: boolean }>();
  const first = useRef<HTMLButtonElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);

  useEffect(() => {
    if (phase === 'asking') {
      wasAsking.current = true;
      first.current?.focus();
    } else if (phase === 'idle' && wasAsking.current) {
      wasAsking.current = false;
      opener.current?.focus();
    }
  }, [phase]);

  const act = async () => {
    setPhase('working');
    try {
      const text = await onConfirm();
      setOutcome({ text, isError: false });
      announce(text);
    } catch (error) {
      setOutcome({ text: (error as Error).message, isError: true });
      announce((error as Error).message);
    }
    setPhase('idle');
  };

  if (phase !== 'idle') {
    return (
      <div
        class="confirm" role="group" aria-label={question}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            setPhase('idle');
          }
        }}
      >
        <span>{question}</span>
        <button type="button" ref={first} class={isDanger ? 'danger' : 'primary'} disabled={phase === 'working'} onClick={() => void act()}>{confirm}</button>
        <button type="button" disabled={phase === 'working'} onClick={() => setPhase('idle')}>Cancel</button>
      </div>
    );
  }
  return (
    <span class="confirm">
      <button type="button" ref={opener} onClick={() => setPhase('asking')}>{label}</button>
      {outcome && <span class={outcome.isError ? 'outcome-error' : 'outcome'}>{outcome.text}</span>}
    </span>
  );
}

import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConsoleClient } from './console-client';
import { Icon } from './icon';
import { Amount, LabelMark, Outside, StateMark, stepWord, TierMark, Time, VerdictMark } from './marks';
import { ConfirmButton, Failure } from './notice';
import type { ConsoleBody, ConsoleLife } from '../model/console-answers';
import { eventKeyOf, type ConsoleTransaction } from '../model/console-transaction';
import { travelOf } from '../model/travel';
import { formattedBody, shownText } from '../view/shown-text';
import { fullTime, relativeTime, stepTime } from '../view/time-text';

interface TransactionPanelProps {
  readonly api: ConsoleClient;
  /** As the list has it, until the whole life is read. */
  readonly known: ConsoleTransaction;
  readonly now: number;
  readonly canWrite: boolean;
  readonly announce: (text: string) => void;
  readonly onClose: () => void;
  readonly onOpen: (transaction: ConsoleTransaction) => void;
}

/** A person who moves through the list with the arrow keys reads only where they stop. */
const SETTLE_MS = 150;

export function TransactionPanel({ api, known, now, canWrite, announce, onClose, onOpen }: TransactionPanelProps) {
  const { transactionId, timestamp } = known;
  const key = eventKeyOf(known);
  const [life, setLife] = useState<ConsoleLife>();
  const [error, setError] = useState('');
  const [round, setRound] = useState(0);
  const panel = useRef<HTMLElement>(null);

  useEffect(() => panel.current?.focus(), []);
  useEffect(() => {
    panel.current!.scrollTop = 0;
  }, [key]);
  useEffect(() => {
    const controller = new AbortController();
    const timer = window.setTimeout(() => {
      api.get<ConsoleLife>('/api/life', { transactionId, timestamp }, controller.signal).then((content) => {
        setLife(content);
        setError('');
      }, (failure: Error) => {
        if (!controller.signal.aborted) {
          setError(failure.message);
        }
      });
    }, SETTLE_MS);
    return () => {
      controller.abort();
      window.clearTimeout(timer);
    };
  }, [api, key, round, known.verdict, known.closedAt, known.label]);

  const isLoaded = life !== undefined && eventKeyOf(life.transaction) === key;
  // The answer has the item's present label. Without one, it was removed.
  const transaction = isLoaded ? { ...known, label: undefined, labeledBy: undefined, labeledAt: undefined, ...life.transaction } : known;
  return (
    <aside ref={panel} class="panel" tabIndex={-1} aria-labelledby="panel-title">
      <header class="panel-head">
        <div>
          <h2 id="panel-title"><Amount transaction={transaction} /></h2>
          <p class="panel-sub">{transaction.kind} · <Outside text={transaction.provider} />{!transaction.live && <span class="test">test</span>}</p>
        </div>
        <button type="button" class="icon-button" onClick={onClose} aria-label="Close" title="Close (Escape)"><Icon name="close" /></button>
      </header>
      <div class="panel-marks"><StateMark transaction={transaction} now={now} /><TierMark tier={transaction.tier} /><VerdictMark verdict={transaction.verdict} /></div>
      {error && <Failure error={error} onRetry={() => setRound((current) => current + 1)} />}
      <div class="actions">
        {transaction.paymentUrl && <a class="button" href={transaction.paymentUrl} target="_blank" rel="noopener noreferrer"><Icon name="link" />Dashboard of the provider</a>}
        {isLoaded && life.links.map(({ label, url }) => <a key={label} class="button" href={url} target="_blank" rel="noopener noreferrer"><Icon name="link" />{label}</a>)}
        {canWrite && (
          <ConfirmButton
            key={key} label="Replay" question="Publish its event again? Your targets get it twice." confirm="Replay" announce={announce}
            onConfirm={async () => {
              await api.post('/api/replay', { transactionId, timestamp });
              return 'Published again';
            }}
          />
        )}
      </div>
      <Timeline transaction={transaction} now={now} />
      <Reasons transaction={transaction} />
      <Label transaction={transaction} />
      <Facts transaction={transaction} />
      <Body key={`body${key}`} api={api} transaction={transaction} />
      {isLoaded && life.others.length > 0 && (
        <section>
          <h3>Other events of this payment</h3>
          <ul class="others">
            {life.others.map((other) => (
              <li key={eventKeyOf(other)}>
                <button type="button" class="other" onClick={() => onOpen(other)}>
                  <span>{other.kind}</span><span class="quiet"><Outside text={other.providerEvent} /></span><Amount transaction={other} /><Time time={other.receivedAt} now={now} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {isLoaded && life.gaps.map((gap) => <p key={gap} class="gap">{gap}</p>)}
    </aside>
  );
}

function Timeline({ transaction, now }: { readonly transaction: ConsoleTransaction; readonly now: number }) {
  const parts = travelOf(transaction);
  return (
    <section>
      <h3>Steps</h3>
      <ol class="timeline">
        {parts.map(({ step, state, at, note }) => (
          <li key={step} class={`step-${state}`}>
            <Icon name={state} />
            <span class="step-name">{step}<span class="only-read">: {stepWord(state)}</span></span>
            <span class="step-note">{note}</span>
            {at !== undefined && (
              <time class="step-time" dateTime={at} title={`${fullTime(at)}, ${relativeTime(at, now)}`}>
                {step === 'received' ? fullTime(at).slice(11) : `+${stepTime(transaction.receivedAt, at)}`}
              </time>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Reasons({ transaction: { verdict, reasons = [], score } }: { readonly transaction: ConsoleTransaction }) {
  if (verdict === undefined) {
    return null;
  }
  return (
    <section>
      <h3>Reasons for <q>{verdict}</q>{score !== undefined && `, score ${score}`}</h3>
      {reasons.length === 0
        ? <p class="quiet">No rule fired.</p>
        : <ul class="reasons">{reasons.map((reason) => <li key={reason}><Outside text={reason} /></li>)}</ul>}
    </section>
  );
}

function Label({ transaction: { label, labeledBy, labeledAt } }: { readonly transaction: ConsoleTransaction }) {
  if (label === undefined) {
    return null;
  }
  return (
    <section>
      <h3>Label</h3>
      <p>
        <LabelMark label={label} />
        {labeledBy !== undefined && <span class="quiet"> by <Outside text={labeledBy} /></span>}
        {labeledAt !== undefined && <time class="quiet" dateTime={labeledAt}> {fullTime(labeledAt)}</time>}
      </p>
    </section>
  );
}

function Facts({ transaction }: { readonly transaction: ConsoleTransaction }) {
  const facts: ReadonlyArray<readonly [string, string | undefined]> = [
    ['Payment', transaction.transactionId], ['Event', transaction.eventId], ['Event of the provider', transaction.providerEvent], ['Status', transaction.status],
    ['Reference', transaction.reference], ['Customer', transaction.customerId], ['Account', transaction.account], ['Payment method', transaction.paymentMethod],
    ['Country', transaction.country], ['Card country', transaction.cardCountry], ['Card fingerprint', transaction.cardFingerprint],
    ['Risk score', transaction.riskScore?.toString()], ['Risk level', transaction.riskLevel], ['3-D Secure', transaction.threeDSecure],
    ['Event time', transaction.eventTime && fullTime(transaction.eventTime)], ['Received', fullTime(transaction.receivedAt)],
    ['Rule set', transaction.ruleSet], ['Archive', transaction.archiveKey],
  ];
  return (
    <section>
      <h3>Facts</h3>
      <dl class="facts">
        {facts.filter(([, value]) => value !== undefined).map(([name, value]) => (
          <div key={name}><dt>{name}</dt><dd><Outside text={value!} /></dd></div>
        ))}
      </dl>
    </section>
  );
}

/** The raw body can have personal data. It is read only when somebody wants to see it. */
function Body({ api, transaction: { transactionId, timestamp } }: { readonly api: ConsoleClient; readonly transaction: ConsoleTransaction }) {
  const [body, setBody] = useState<ConsoleBody>();
  const [isRaw, setIsRaw] = useState(false);
  const [error, setError] = useState('');
  const load = () => {
    setError('');
    api.get<ConsoleBody>('/api/body', { transactionId, timestamp }).then(setBody, (failure: Error) => setError(failure.message));
  };
  return (
    <section>
      <h3>Raw body</h3>
      {body === undefined
        ? <p><button type="button" onClick={load}>Show the body</button> <span class="quiet">It can contain personal data.</span></p>
        : (
          <>
            <p>
              <button type="button" aria-pressed={isRaw} onClick={() => setIsRaw(!isRaw)}>{isRaw ? 'Formatted' : 'As received'}</button>{' '}
              <button type="button" onClick={() => setBody(undefined)}>Hide</button>
              {body.encoding === 'base64' && <span class="quiet"> The bytes are not UTF-8. This is base64.</span>}
              {body.isCut && <span class="quiet"> This is the beginning.</span>}
            </p>
            <pre class="body" tabIndex={0} aria-label="Raw body" dir="ltr">{shownText(isRaw ? body.text : formattedBody(body.text), true)}</pre>
          </>
        )}
      {error && <Failure error={error} />}
    </section>
  );
}

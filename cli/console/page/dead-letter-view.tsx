import type { ConsoleClient } from './console-client';
import { Icon } from './icon';
import { Outside, Time } from './marks';
import { ConfirmButton, Empty, Failure } from './notice';
import { useLoaded } from './use-data';
import type { ConsoleDeadLetters, ConsoleRedriveResult } from '../model/console-answers';
import { formattedBody, shownText } from '../view/shown-text';

interface DeadLetterViewProps {
  readonly api: ConsoleClient;
  readonly now: number;
  readonly canWrite: boolean;
  readonly announce: (text: string) => void;
}

export function DeadLetterView({ api, now, canWrite, announce }: DeadLetterViewProps) {
  const { content, error, isLoading, reload } = useLoaded<ConsoleDeadLetters>(api, '/api/dead-letters');
  const redrive = async (ids: readonly string[]) => {
    const { redriven, failures } = await api.post<ConsoleRedriveResult>('/api/dead-letters/redrive', { ids });
    reload();
    if (failures.length > 0) {
      throw new Error(`${redriven.length} redriven. ${failures.length} stay in the queue: ${failures[0].error}`);
    }
    return `${redriven.length} redriven`;
  };
  const letters = content?.letters ?? [];
  const redrivable = letters.filter(({ canRedrive }) => canRedrive).map(({ id }) => id);
  return (
    <section class="view" aria-labelledby="letters-title">
      <header class="view-head">
        <h2 id="letters-title">Dead letters</h2>
        {content && content.total > letters.length && <span class="quiet">{letters.length} of about {content.total}</span>}
        <span class="spring" />
        {canWrite && redrivable.length > 1 && (
          <ConfirmButton label={`Redrive all ${redrivable.length}`} question={`Redrive ${redrivable.length} messages?`} confirm="Redrive" announce={announce} onConfirm={async () => redrive(redrivable)} />
        )}
        <button type="button" onClick={reload} disabled={isLoading}><Icon name="again" />Refresh</button>
      </header>
      {error && <Failure error={error} onRetry={reload} />}
      {content === undefined && isLoading && <Empty title="Reading the queue" />}
      {content && letters.length === 0 && (
        <Empty title="No dead letters"><p>Everything was delivered and processed. Messages that another reader has appear after its time-out.</p></Empty>
      )}
      <ul class="cards">
        {letters.map((letter) => (
          <li key={letter.id} class="card">
            <div class="card-head">
              <span class="mark state-given-up"><Icon name="failed" /><Outside text={letter.origin} /></span>
              {letter.sentAt && <Time time={letter.sentAt} now={now} />}
              <span class="quiet">received {letter.receives}×</span>
            </div>
            <p class="error-text"><Outside text={letter.error} /></p>
            {letter.transactionId && <p class="quiet"><Outside text={letter.transactionId} /></p>}
            <details><summary>Message</summary><pre class="body" tabIndex={0} dir="ltr">{shownText(formattedBody(letter.text), true)}</pre></details>
            {canWrite && letter.canRedrive && (
              <ConfirmButton label="Redrive" question="Repeat its work, and then delete the message?" confirm="Redrive" announce={announce} onConfirm={async () => redrive([letter.id])} />
            )}
            {letter.remedy !== undefined && <p class="quiet">It cannot be redriven: <Outside text={letter.remedy} /></p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

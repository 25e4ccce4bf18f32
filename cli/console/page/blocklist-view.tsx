import { useRef, useState } from 'preact/hooks';
import type { ConsoleClient } from './console-client';
import { Icon } from './icon';
import { Outside } from './marks';
import { ConfirmButton, Empty, Failure } from './notice';
import { useLoaded } from './use-data';
import type { ConsoleBlockedValue, ConsoleBlocklist } from '../model/console-answers';

interface BlocklistViewProps {
  readonly api: ConsoleClient;
  readonly canWrite: boolean;
  readonly announce: (text: string) => void;
}

const HINTS: { readonly [kind in ConsoleBlockedValue['kind']]: string } = {
  'customer': 'stripe:cus_1234',
  'country': 'DE',
  'card': 'first 6 to 8 digits',
  'card-fingerprint': 'stripe:card_1234',
  'email': 'email_hash of a transaction',
  'email-domain': 'mail.example',
};

export function BlocklistView({ api, canWrite, announce }: BlocklistViewProps) {
  const { content, error, isLoading, reload } = useLoaded<ConsoleBlocklist>(api, '/api/blocklist');
  const entries = content?.entries ?? [];
  return (
    <section class="view" aria-labelledby="blocklist-title">
      <header class="view-head">
        <h2 id="blocklist-title">Blocklist</h2>
        <span class="quiet">The rule <code>blocked</code> reads it with each assessment</span>
        <span class="spring" />
        <button type="button" onClick={reload} disabled={isLoading}><Icon name="again" />Refresh</button>
      </header>
      {error && <Failure error={error} onRetry={reload} />}
      {canWrite && <BlockForm api={api} onDone={(text) => { announce(text); reload(); }} />}
      {content === undefined && isLoading && <Empty title="Reading the blocklist" />}
      {content && !content.isComplete && <p class="gap">No index has the entries, and the table is large. To read all of it, run <code>npx cdk-webhooks blocklist</code></p>}
      {content?.isComplete && entries.length === 0 && (
        <Empty title="No entries">
          {!canWrite && <p>To add one, start the console with <code>--write</code>, or run:</p>}
          <p><code>npx cdk-webhooks block customer stripe:cus_1234 --reason 'chargeback'</code></p>
        </Empty>
      )}
      {entries.length > 0 && (
        <table class="table">
          <thead><tr><th scope="col">Kind</th><th scope="col">Value</th><th scope="col">Reason</th>{canWrite && <th scope="col"><span class="only-read">Actions</span></th>}</tr></thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={`${entry.kind}:${entry.value}`}>
                <td>{entry.kind}</td>
                <td>
                  <span class="value"><Outside text={entry.value} /></span>
                  {entry.problem !== undefined && <span class="mark state-late"><Icon name="late" />blocks nothing: {entry.problem}</span>}
                </td>
                <td>{entry.reason === undefined ? <span class="quiet">-</span> : <Outside text={entry.reason} />}</td>
                {canWrite && (
                  <td>
                    <ConfirmButton
                      label="Remove" question="Remove it?" confirm="Remove" isDanger announce={announce}
                      onConfirm={async () => {
                        await api.post('/api/blocklist/remove', { kind: entry.kind, value: entry.value });
                        reload();
                        return 'Removed';
                      }}
                    />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function BlockForm({ api, onDone }: { readonly api: ConsoleClient; readonly onDone: (text: string) => void }) {
  const [kind, setKind] = useState<ConsoleBlockedValue['kind']>('customer');
  const [value, setValue] = useState('');
  const [reason, setReason] = useState('');
  const [error, setError] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const add = () => {
    setError('');
    api.post('/api/blocklist/add', { kind, value, reason }).then(() => {
      setValue('');
      setReason('');
      field.current?.focus();
      onDone(`Blocked the ${kind} ${value}`);
    }, (failure: Error) => setError(failure.message));
  };
  return (
    <form class="block-form" aria-label="Add an entry" onSubmit={(event) => { event.preventDefault(); add(); }}>
      <label>Kind
        <select value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value as typeof kind)}>
          {Object.keys(HINTS).map((name) => <option key={name} value={name}>{name}</option>)}
        </select>
      </label>
      <label>Value<input ref={field} value={value} placeholder={HINTS[kind]} required autocomplete="off" spellcheck={false} aria-invalid={error !== ''} aria-describedby="block-error" onInput={({ currentTarget }) => setValue(currentTarget.value)} /></label>
      <label class="wide">Reason<input value={reason} placeholder="Why, for those who read the verdict" autocomplete="off" onInput={({ currentTarget }) => setReason(currentTarget.value)} /></label>
      <button type="submit" class="primary">Block</button>
      <p id="block-error" class="outcome-error" role="alert">{error}</p>
    </form>
  );
}

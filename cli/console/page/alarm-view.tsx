import { Icon } from './icon';
import { Outside, Time } from './marks';
import { Empty, Failure } from './notice';
import type { Loaded } from './use-data';
import type { ConsoleAlarm } from '../model/console-answers';

const ORDER: readonly ConsoleAlarm['state'][] = ['ALARM', 'INSUFFICIENT_DATA', 'OK'];
const WORDS: { readonly [state in ConsoleAlarm['state']]: string } = { ALARM: 'in alarm', INSUFFICIENT_DATA: 'no data', OK: 'OK' };

interface AlarmViewProps {
  readonly alarms: Loaded<readonly ConsoleAlarm[]>;
  readonly now: number;
}

export function AlarmView({ alarms: { content, error, isLoading, reload }, now }: AlarmViewProps) {
  const sorted = [...content ?? []].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.name < b.name ? -1 : 1));
  return (
    <section class="view" aria-labelledby="alarms-title">
      <header class="view-head">
        <h2 id="alarms-title">Alarms</h2>
        {content && <span class="quiet">{ORDER.map((state) => `${content.filter((alarm) => alarm.state === state).length} ${WORDS[state]}`).join(', ')}</span>}
        <span class="spring" />
        <button type="button" onClick={reload} disabled={isLoading}><Icon name="again" />Refresh</button>
      </header>
      {error && <Failure error={error} onRetry={reload} />}
      {content === undefined && isLoading && <Empty title="Reading the alarms" />}
      {content && content.length === 0 && (
        <Empty title="No alarms"><p>The system has no alarms, or the emulator does not run them. A system in AWS has them unless you turn them off.</p></Empty>
      )}
      <ul class="alarms">
        {sorted.map((alarm) => (
          <li key={alarm.name} class={`alarm alarm-${alarm.state}`}>
            <span class={`mark alarm-mark-${alarm.state}`}><Icon name={alarm.state} />{WORDS[alarm.state]}</span>
            <div>
              <p class="alarm-name"><Outside text={alarm.name} /></p>
              <p>{alarm.description}</p>
              {alarm.state === 'ALARM' && alarm.reason && <p class="quiet"><Outside text={alarm.reason} /></p>}
            </div>
            <span class="alarm-side">
              {alarm.since && <Time time={alarm.since} now={now} />}
              {alarm.runbook && <a href={alarm.runbook} target="_blank" rel="noopener noreferrer"><Icon name="link" />Runbook</a>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

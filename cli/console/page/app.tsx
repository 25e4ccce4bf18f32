import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { AlarmView } from './alarm-view';
import { BlocklistView } from './blocklist-view';
import { NoSession, type ConsoleClient } from './console-client';
import { DeadLetterView } from './dead-letter-view';
import { Icon } from './icon';
import { Failure, NoSessionNotice } from './notice';
import { TransactionView } from './transaction-view';
import { useClock, useLoaded } from './use-data';
import type { ConsoleAlarm, ConsoleInfo } from '../model/console-answers';
import { TransactionListState } from '../view/transaction-list-state';

const VIEWS = { 'transactions': 'Transactions', 'dead-letters': 'Dead letters', 'blocklist': 'Blocklist', 'alarms': 'Alarms' } as const;
type ViewName = keyof typeof VIEWS;

/** The page draws at most this often, however many transactions arrive. */
const DRAW_MS = 150;
const ALARM_REFRESH_MS = 60_000;

function viewInAddress(): ViewName {
  const name = window.location.hash.slice(1);
  return Object.hasOwn(VIEWS, name) ? name as ViewName : 'transactions';
}

export function App({ api }: { readonly api: ConsoleClient }) {
  const [view, setView] = useState<ViewName>(viewInAddress);
  const [connection, setConnection] = useState<'connecting' | 'live' | 'lost'>('connecting');
  const [hasSession, setHasSession] = useState(true);
  const [note, setNote] = useState('');
  const [version, setVersion] = useState(0);
  const [announced, setAnnounced] = useState('');
  const list = useMemo(() => new TransactionListState(), []);
  const heading = useRef<HTMLHeadingElement>(null);
  const now = useClock();
  const info = useLoaded<ConsoleInfo>(api, '/api/system');
  const alarms = useLoaded<readonly ConsoleAlarm[]>(api, '/api/alarms', ALARM_REFRESH_MS);

  useEffect(() => {
    const onHashChange = () => setView(viewInAddress());
    window.addEventListener('hashchange', onHashChange);
    return () => window.removeEventListener('hashchange', onHashChange);
  }, []);

  useEffect(() => {
    const controller = new AbortController();
    let timer: number | undefined;
    const draw = () => {
      timer ??= window.setTimeout(() => {
        timer = undefined;
        setVersion((current) => current + 1);
      }, DRAW_MS);
    };
    api.follow((message) => {
      list.apply(message);
      if (message.note !== undefined) {
        setNote(message.note);
      }
      draw();
    }, (isLive) => setConnection(isLive ? 'live' : 'lost'), controller.signal).catch((error: unknown) => {
      setHasSession(!(error instanceof NoSession));
    });
    return () => {
      controller.abort();
      window.clearTimeout(timer);
    };
  }, [api, list]);

  const announce = useCallback((text: string) => setAnnounced(text), []);
  if (!hasSession) {
    return <NoSessionNotice />;
  }
  const system = info.content;
  const canWrite = system?.canWrite === true;
  const firing = alarms.content?.filter(({ state }) => state === 'ALARM').length ?? 0;
  return (
    <div class="app">
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>Skip to the content</a>
      <header class="top">
        <h1 ref={heading}><span class="brand-sign" aria-hidden="true"><Icon name="OK" /></span>{system?.name ?? 'Webhooks console'}</h1>
        <span class="place">{system && (system.isLocal ? 'local system' : system.region)}</span>
        <span class={`mode ${canWrite ? 'mode-write' : ''}`} title={canWrite ? 'Started with --write' : 'Start the console with --write to change something'}>
          {system && (canWrite ? 'write' : 'read-only')}
        </span>
        <span class={`connection connection-${connection}`} role="status">
          <span class="lamp" aria-hidden="true" />{{ connecting: 'Connecting', live: 'Live', lost: 'Reconnecting' }[connection]}
        </span>
        <nav aria-label="Views">
          {(Object.keys(VIEWS) as ViewName[]).map((name) => (
            <a key={name} href={`#${name}`} aria-current={name === view ? 'page' : undefined}>
              {VIEWS[name]}
              {name === 'alarms' && firing > 0 && <span class="count" aria-label={`${firing} firing`}>{firing}</span>}
            </a>
          ))}
        </nav>
      </header>
      {info.error && <Failure error={info.error} onRetry={info.reload} />}
      {note && <p class="note" role="status">{note}</p>}
      <main id="main" tabIndex={-1}>
        {view === 'transactions' && <TransactionView api={api} list={list} version={version} now={now} canWrite={canWrite} announce={announce} isLoading={connection === 'connecting'} />}
        {view === 'dead-letters' && <DeadLetterView api={api} now={now} canWrite={canWrite} announce={announce} />}
        {view === 'blocklist' && <BlocklistView api={api} canWrite={canWrite} announce={announce} />}
        {view === 'alarms' && <AlarmView alarms={alarms} now={now} />}
      </main>
      <div class="only-read" aria-live="polite">{announced}</div>
    </div>
  );
}

import { WebhookPoster } from './post-request';
import { runSeries, type SeriesClock } from './request-series';
import { isAcknowledged, requestJson, requestLine, SendSummary, sentRequest, type SentRequest } from './send-report';
import type { PreparedWebhook } from './simulated-webhook';
import type { Terminal } from '../terminal/console-terminal';
import { ExitCode, type ExitCodeValue } from '../terminal/exit-code';
import { visibleJson } from '../terminal/visible-text';

/** The options about the number and the pace of the requests. */
export interface PaceOptions {
  readonly repeat: number;
  readonly rate?: number;
  readonly concurrency: number;
  /** In seconds. */
  readonly timeout: number;
  readonly json?: boolean;
}

/** Up to this number, each request has a line. Of more requests, only failures have one. */
const MAX_LINES = 20;

/** Sends the requests and reports their answers. */
export class SendRun {
  private readonly summary = new SendSummary();
  private readonly requests: object[] = [];
  private lines = 0;

  constructor(
    private readonly url: URL,
    private readonly options: PaceOptions,
    private readonly context: SeriesClock & { readonly terminal: Terminal },
  ) {}

  /** Each request is prepared when it is sent, because its signature can contain the time. */
  public async send(prepare: () => Promise<PreparedWebhook>): Promise<ExitCodeValue> {
    const { repeat: count, rate, concurrency, timeout } = this.options;
    const { signal } = this.context;
    const poster = new WebhookPoster(this.url, timeout * 1000, concurrency, signal);
    const startedAt = performance.now();
    const post = async () => {
      const webhook = await prepare();
      return sentRequest(webhook, await poster.post(webhook));
    };
    try {
      await runSeries({ count, rate, concurrency }, post, this.context, (request) => this.report(request));
    } finally {
      poster.close();
    }
    this.finish(performance.now() - startedAt);
    if (signal.aborted) {
      return ExitCode.INTERRUPTED;
    }
    return this.summary.acknowledged === count ? ExitCode.DONE : ExitCode.FAILED;
  }

  private report(request: SentRequest): void {
    const { repeat, json } = this.options;
    const { terminal, signal } = this.context;
    this.summary.add(request);
    if (json) {
      this.requests.push(requestJson(request));
    } else if (this.lines < MAX_LINES && (repeat <= MAX_LINES || (!isAcknowledged(request) && !signal.aborted))) {
      this.lines += 1;
      terminal.print(requestLine(request));
    }
    if (repeat > 1) {
      terminal.progress(`Sent ${this.summary.count} of ${repeat} requests`);
    }
  }

  private finish(elapsedMs: number): void {
    const { terminal, signal } = this.context;
    if (this.options.json) {
      terminal.print(visibleJson({ requests: this.requests, summary: this.summary.toJson(elapsedMs) }));
    } else if (this.options.repeat > 1) {
      this.summary.lines(elapsedMs).forEach((line) => terminal.print(line));
    }
    if (signal.aborted) {
      terminal.note(`Interrupted after ${this.summary.count} of ${this.options.repeat} requests. Requests without an answer can have been processed.`);
    }
  }
}

import { Fn, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  AlarmStatusWidget, AlarmStatusWidgetSortBy, Color, Dashboard, GraphWidget, MathExpression, Metric, SingleValueWidget, Stats, TextWidget,
  type IAlarm, type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { EventRules } from './event-rules';
import type { Functions } from './functions';
import { FIVE_MINUTES, NAMESPACE, PROVIDER, type MetricCatalog } from './metric-catalog';
import type { StoredData } from './stored-data';

export interface SystemDashboardProps {
  readonly metrics: MetricCatalog;
  readonly alarms: IAlarm[];
  readonly api: RestApi;
  readonly data: StoredData;
  readonly functions: Functions;
  readonly bus: EventBus;
  readonly rules: EventRules;
  readonly workflow: StateMachine;
  readonly alerts: ITopic;
}

const RULES = [
  ['amount-above', 'Amount above'], ['amount-rank', 'Amount rank'], ['amount-spike', 'Amount spike'], ['new-customer-above', 'New customer above'],
  ['velocity', 'Velocity'], ['duplicate-amount', 'Duplicate amount'], ['repeated-declines', 'Repeated declines'], ['new-card', 'New card'],
  ['distinct-cards', 'Distinct cards'], ['distinct-customers', 'Distinct customers'], ['country-mismatch', 'Country mismatch'],
  ['provider-risk', 'Provider risk'], ['three-d-secure', '3-D Secure'], ['earlier-fraud', 'Earlier fraud'], ['outside-hours', 'Outside hours'],
  ['blocked', 'Blocked'], ['allowed', 'Allowed'], ['scorecard', 'Scorecard'], ['scored-by', 'Own score'],
];
const FAILURES = [
  'SecretNotSet', 'SecretsOutdated', 'StoreFailed', 'GuestsUnidentified', 'RecordsDeadLettered', 'TransactionsSwept', 'TransactionsGivenUp',
  'AlertRecipientsUnconfirmed', 'ChangesArchivedUnrendered', 'ScoresFailed',
];
const COLORS = ['#1f77b4', '#9467bd', '#17becf', '#393b79'];
const FAILURE_COLORS = ['#d62728', '#ff9900', '#7b0f10', '#e377c2', '#ff5a36', '#8c564b', '#b5179e', '#c49c00', '#f7b6d2', '#a55194'];

function colored(label: string, color: string) {
  return { label, color, period: FIVE_MINUTES };
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, leftYAxis: { min: 0 }, width: 12, height: 6 });
}

/** The dashboard of the whole system. */
export class SystemDashboard extends Construct {
  private readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, private readonly props: SystemDashboardProps) {
    super(scope, id);
    this.dashboard = new Dashboard(this, 'Dashboard');
    this.addOverview();
    this.addWebhooks();
    this.addAssessments();
    this.addServices();
  }

  private addOverview(): void {
    const { metrics, data, functions } = this.props;
    const { region } = Stack.of(this);
    const page = (service: string, place: string) => `https://${region}.console.aws.amazon.com/${service}/home?region=${region}#${place}`;
    const links = [
      '[Runbook](https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/runbook.md)',
      `[Table](${page('dynamodbv2', `table?name=${data.table.tableName}`)})`,
      `[Logs](${page('cloudwatch', 'logsV2:logs-insights')})`,
      `[Queues](${page('sqs/v3', '/queues')})`,
    ];
    const help = 'Failures have data only after the first one: **No data** and **--** mean that there was none. '
      + 'In *Progress each minute*, a line that ends means that a function is stopped.';
    this.dashboard.addWidgets(new TextWidget({ markdown: `${links.join(' | ')}\n\n${help}`, width: 24, height: 2 }));
    this.dashboard.addWidgets(new AlarmStatusWidget({
      title: 'Alarms', alarms: this.props.alarms, sortBy: AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP, width: 24, height: 5,
    }));
    this.dashboard.addWidgets(
      new SingleValueWidget({
        title: 'Webhooks in the time range',
        metrics: [
          metrics.ofProvider('WebhooksStored', colored(`${PROVIDER} stored`, Color.GREEN)),
          metrics.ofProvider('WebhooksRejected', colored(`${PROVIDER} rejected`, Color.RED)),
        ],
        setPeriodToTimeRange: true,
        width: 16,
        height: 3,
      }),
      new SingleValueWidget({
        title: 'Now',
        metrics: [
          data.deadLetters.metricApproximateNumberOfMessagesVisible({ ...colored('waiting dead letters', Color.RED), statistic: Stats.MAXIMUM }),
          metrics.of('OldestOpenTransactionAge', { ...colored('oldest open transaction (s)', Color.ORANGE), statistic: Stats.MAXIMUM }),
          functions.relay.metric('IteratorAge', { ...colored('oldest unpublished change (ms)', Color.ORANGE), statistic: Stats.MAXIMUM }),
        ],
        width: 8,
        height: 3,
      }),
    );
  }

  private addWebhooks(): void {
    const { metrics } = this.props;
    this.dashboard.addWidgets(
      graph('Webhooks stored by provider', [metrics.ofProvider('WebhooksStored', colored(PROVIDER, COLORS[0]))]),
      graph('Webhooks rejected by provider', [metrics.ofProvider('WebhooksRejected', colored(PROVIDER, COLORS[0]))]),
    );
    this.dashboard.addWidgets(
      graph('Webhooks', [
        metrics.of('WebhooksStored', { color: Color.GREEN }),
        metrics.of('WebhooksDuplicate', { color: Color.GREY }),
        metrics.of('WebhooksAltered', { color: Color.BLUE }),
        metrics.of('WebhooksRejected', { color: Color.RED }),
        metrics.of('SignaturesMismatched', { color: '#7b0f10' }),
        metrics.of('WebhooksUnparsed', { color: Color.ORANGE }),
      ]),
      graph('Failures', FAILURES.map((name, position) => metrics.of(name, { color: FAILURE_COLORS[position] }))),
    );
  }

  private addAssessments(): void {
    const { metrics } = this.props;
    const verdict = (value: string, label: string, color: string) => metrics.of('Verdicts', { ...colored(label, color), dimensionsMap: { Verdict: value } });
    const fired = RULES.map(([rule, label]) => metrics.of('RulesFired', { label, dimensionsMap: { Rule: rule } }));
    const latency = (percentile: number) => metrics.of('TimeToVerdict', { label: `p${percentile}`, statistic: Stats.p(percentile) });
    const search = `{${NAMESPACE},System,Currency} MetricName="AssessedAmount" System="${metrics.system}"`;
    this.dashboard.addWidgets(
      graph('Assessed amounts by currency (major units)', [
        new MathExpression({ expression: `SEARCH('${search}', 'Sum', 300)`, label: "${PROP('Dim.Currency')}", period: FIVE_MINUTES }),
      ]),
      graph('Transactions assessed', [metrics.of('TransactionsAssessed'), metrics.of('SuspiciousTransactions')]),
    );
    this.dashboard.addWidgets(
      graph('Verdicts', [
        verdict('approve', 'Approved', Color.GREEN), verdict('review', 'To be reviewed', Color.ORANGE), verdict('block', 'Blocked', Color.RED),
      ]),
      graph('Fraud rules that applied (1 of 2)', fired.slice(0, 10)),
    );
    this.dashboard.addWidgets(graph('Fraud rules that applied (2 of 2)', fired.slice(10)), graph('Time from event to verdict (ms)', [latency(50), latency(99)]));
    this.dashboard.addWidgets(
      graph('Progress each minute', ['SweepsCompleted', 'RelayHeartbeats', 'ArchivalHeartbeats'].map((name) => this.perMinute(name))),
      graph('Open transactions', [
        metrics.of('OldestOpenTransactionAge', { ...colored('Age of the oldest (s)', COLORS[0]), statistic: Stats.MAXIMUM }),
        metrics.of('TransactionsAwaitingRedrive', { ...colored('Given up, awaiting a redrive', Color.RED), statistic: Stats.MAXIMUM }),
      ]),
    );
  }

  private perMinute(name: string): IMetric {
    const id = name[0].toLowerCase() + name.slice(1);
    return new MathExpression({
      expression: `${id} / (PERIOD(${id}) / 60)`, usingMetrics: { [id]: this.props.metrics.of(name) }, label: name, period: FIVE_MINUTES,
    });
  }

  private addServices(): void {
    const { api, data: { table }, functions, rules, workflow, alerts } = this.props;
    const ofEachFunction = (metric: (fn: IFunction, position: number, label: string) => IMetric) => Object.entries({
      'webhook-validator': functions.validator,
      'event-relay': functions.relay,
      'fraud-detector': functions.detector,
      'transaction-archival': functions.archival,
    }).map(([label, fn], position) => metric(fn, position, label));
    this.dashboard.addWidgets(
      graph('API requests', [
        api.metricCount(colored('requests', COLORS[0])),
        api.metricClientError(colored('4xx: rejected or throttled', Color.ORANGE)),
        api.metricServerError(colored('5xx: failed', Color.RED)),
      ]),
      graph('Lambda invocations', ofEachFunction((fn, position, label) => fn.metricInvocations(colored(label, COLORS[position])))),
    );
    this.dashboard.addWidgets(
      graph('Lambda durations (p99)', ofEachFunction((fn, position, label) => fn.metricDuration({
        ...colored(label, COLORS[position]), statistic: Stats.p(99),
      }))),
      graph('Lambda errors', ofEachFunction((fn, position, label) => fn.metricErrors(colored(label, FAILURE_COLORS[position])))),
    );
    this.dashboard.addWidgets(
      graph('DynamoDB capacity', [
        table.metricConsumedWriteCapacityUnits(colored('write capacity units', COLORS[0])),
        table.metricConsumedReadCapacityUnits(colored('read capacity units', Color.GREY)),
      ]),
      graph('EventBridge invocations', [
        this.invocations(rules.high, 'high-value transactions', COLORS[0]),
        this.invocations(rules.medium, 'medium-value transactions', COLORS[1]),
        this.invocations(rules.low, 'low-value transactions', COLORS[2]),
        this.invocations(rules.suspicious, 'assessed below the high tier', COLORS[3]),
      ]),
    );
    this.dashboard.addWidgets(
      graph('Workflow executions', [
        workflow.metricStarted(colored('started', COLORS[0])),
        workflow.metricSucceeded(colored('succeeded', Color.GREEN)),
        workflow.metricFailed(colored('failed', Color.RED)),
        workflow.metricTimedOut(colored('timed out', Color.ORANGE)),
      ]),
      graph('SNS messages', [
        alerts.metricNumberOfMessagesPublished(colored('published', COLORS[0])),
        alerts.metricNumberOfNotificationsDelivered(colored('delivered', Color.GREEN)),
        alerts.metricNumberOfNotificationsFailed(colored('not delivered', Color.RED)),
      ]),
    );
  }

  private invocations(rule: Rule, label: string, color: string): IMetric {
    return new Metric({
      ...colored(label, color),
      namespace: 'AWS/Events',
      metricName: 'Invocations',
      dimensionsMap: { EventBusName: this.props.bus.eventBusName, RuleName: Fn.select(2, Fn.split('/', rule.ruleArn)) },
      statistic: Stats.SUM,
    });
  }
}

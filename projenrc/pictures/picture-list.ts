import { dashboardPage, endOf, PAGE_WIDTH, type DashboardContent } from './dashboard-page';
import { alarmPage, mediumPage, MESSAGE_WIDTH, verdictPage } from './message-page';
import type { PictureSources } from './sources';
import { MetricWidget } from '../../src/private/contract';

export interface Picture {
  readonly file: string;
  readonly html: string;
  readonly width: number;
  /** The part of the page, from top to bottom in pixels, if it is not all of it. */
  readonly part?: { readonly from: number; readonly to: number };
}

/** The widgets at which the dashboard is cut into pictures, so that each can be read: after the first questions, and after the payments. */
const LAST_WIDGETS = [MetricWidget.FAILURES, MetricWidget.PROGRESS];

/** The pictures, before they are drawn. */
export function picturesOf({ dashboard, alerts }: PictureSources, content: DashboardContent): readonly Picture[] {
  const html = dashboardPage(content);
  const cuts = [...LAST_WIDGETS, dashboard.widgets.at(-1)!.properties.title].map((title) => endOf(dashboard, title));
  return [
    ...['dashboard.png', 'dashboard-payments.png', 'dashboard-services.png'].map((file, index) => (
      { file, html, width: PAGE_WIDTH, part: { from: cuts[index - 1] ?? 0, to: cuts[index] } }
    )),
    { file: 'alert-high-value.png', html: verdictPage(alerts), width: MESSAGE_WIDTH },
    { file: 'alert-medium-value.png', html: mediumPage(alerts), width: MESSAGE_WIDTH },
    { file: 'alarm.png', html: alarmPage(alerts), width: MESSAGE_WIDTH },
  ];
}

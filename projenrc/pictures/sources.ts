import type { Template } from 'aws-cdk-lib/assertions';
import { alarmsOf, stateOf } from './alarm-states';
import { alertTexts, type AlertTexts } from './alert-texts';
import type { DashboardBody, DashboardContent } from './dashboard-page';
import { resolved } from './intrinsics';
import { NOW, picturedTemplate } from './pictured-system';
import { simulatedDay } from './simulated-day';
import { theResource } from '../../test/support/system';

/** What the pictures show. It is stored beside them, so that a test finds pictures that are out of date. */
export interface PictureSources {
  readonly dashboard: DashboardBody;
  /** The states of the alarms, by name. */
  readonly alarms: { readonly [name: string]: string };
  readonly alerts: AlertTexts;
}

export function dashboardOf(template: Template): { readonly name: string; readonly body: DashboardBody } {
  const { DashboardName, DashboardBody: body } = resolved(theResource(template, 'AWS::CloudWatch::Dashboard').Properties, template);
  return { name: DashboardName, body: JSON.parse(body) };
}

/** The sources, and the content of the dashboard with the data of the simulated day. */
export async function pictureSources(): Promise<{ readonly sources: PictureSources; readonly content: DashboardContent }> {
  const template = picturedTemplate();
  const data = simulatedDay();
  const now = NOW / 1000;
  const { name, body } = dashboardOf(template);
  const alarms = alarmsOf(template).map((alarm) => ({ ...alarm, ...stateOf(alarm, data, now) }));
  return {
    sources: {
      dashboard: body,
      alarms: Object.fromEntries(alarms.map((alarm) => [alarm.name, alarm.state])),
      alerts: await alertTexts(template, data),
    },
    content: { name, body, data, alarms, now },
  };
}

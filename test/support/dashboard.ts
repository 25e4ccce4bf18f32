import type { Template } from 'aws-cdk-lib/assertions';
import { theResource } from './system';

/** A metric of a widget: namespace, name, dimensions and options. */
export type WidgetMetric = any[];
export interface DashboardWidget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: any;
}

/** The body of a dashboard, with a word in place of each reference. */
export function bodyOf(properties: { readonly DashboardBody?: any }): { readonly widgets: DashboardWidget[] } {
  return JSON.parse(properties.DashboardBody['Fn::Join'][1].map((part: unknown) => typeof part === 'string' ? part : 'reference').join(''));
}

export function widgetsOf(template: Template): DashboardWidget[] {
  return bodyOf(theResource(template, 'AWS::CloudWatch::Dashboard').Properties).widgets;
}

/** The options of a metric: its last part. */
export function optionsOf(metric: WidgetMetric): any {
  const last = metric.at(-1);
  return typeof last === 'object' ? last : {};
}

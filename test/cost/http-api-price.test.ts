import { calculate } from './calculation';
import { REFERENCE } from './tables';
import { billOf } from '../../cli/cost/monthly-bill';
import { readDeployment, type PricedTemplate } from '../../cli/cost/priced-deployment';
import { PRICES } from '../../cli/cost/prices';
import { ApiType } from '../../src';
import { templateOf } from '../support/system';

const deploymentOf = (apiType: ApiType) => readDeployment(templateOf({ apiType }).toJSON() as PricedTemplate, 'Payments');

const sumOf = (lines: readonly { readonly usd: number }[]) => lines.reduce((sum, { usd }) => sum + usd, 0);

test('reads the type of the API from the template, with its sampling and access log', () => {
  expect(deploymentOf(ApiType.restApi())).toMatchObject({ apiType: 'rest', sampling: { rate: 0.01, reservoir: 0 } });
  expect(deploymentOf(ApiType.httpApi())).toMatchObject({ apiType: 'http', sampling: { rate: 0, reservoir: 0 } });
  expect(JSON.parse(deploymentOf(ApiType.httpApi()).accessLogFormat)).toHaveProperty('routeKey');
});

test('a request of an HTTP API costs less than a third of one of a REST API', () => {
  // https://aws.amazon.com/api-gateway/pricing/
  expect([PRICES.httpApiRequest.usd, PRICES.apiRequest.usd]).toEqual([1, 3.5]);
});

test('the HTTP API saves 2.55 USD per million webhooks: 2.50 for requests, 0.05 for traces', async () => {
  const { measured } = await calculate();
  const linesOf = (apiType: ApiType) => billOf(deploymentOf(apiType), measured, REFERENCE);
  const priceOf = (apiType: ApiType) => linesOf(apiType).find(({ what }) => what === 'API Gateway, requests')?.usd;

  expect([priceOf(ApiType.restApi()), priceOf(ApiType.httpApi())]).toEqual([3.5, 1]);
  expect(sumOf(linesOf(ApiType.restApi())) - sumOf(linesOf(ApiType.httpApi()))).toBeCloseTo(2.55);
});

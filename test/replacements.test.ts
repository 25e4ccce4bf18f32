import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { WebhookProvider } from '../src';
import { docstringOf, membersOf } from './support/docstrings';
import { describeImpact } from './support/impact-text';
import {
  base, bus, CHANGES, images, locked, lockedAndRenamed, nothing, otherBus, type PropChange, retained, suffixed, type SystemProps, zip,
} from './support/prop-changes';
import { isArchive, synthesize, theResource } from './support/system';
import { type Impact, impactOf, type TypedResource } from './support/template-changes';

/** Resources whose loss costs data, a confirmation, or a change outside of the stack. */
const STATEFUL = [
  'AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret', 'AWS::SQS::Queue', 'AWS::Logs::LogGroup',
  'AWS::SNS::Topic', 'AWS::SNS::Subscription', 'AWS::Events::EventBus', 'AWS::ApiGateway::RestApi',
  'AWS::ApiGatewayV2::Api',
];

/** Those of them that `removalPolicy` can keep. */
const DATA = STATEFUL.slice(0, 5);

const PROPS_FILES: { readonly [type: string]: string } = {
  WebhookProcessingSystemProps: 'src/props/webhook-processing-system-props.ts',
  WebhookProviderProps: 'src/providers/webhook-provider-props.ts',
  ReconcilableProviderProps: 'src/providers/webhook-provider-props.ts',
  HandlerCode: 'src/props/handler-code.ts',
};

const page = readFileSync(join(__dirname, '../docs/changes.md'), 'utf8');
const rows = [...page.matchAll(/^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].slice(1)
  .map(([, title, without, withSuffix, remedy]) => ({ title, without, withSuffix, remedy }));

const variants = ({ only }: PropChange) => [
  { suffix: 'without' as const, names: nothing },
  { suffix: 'with' as const, names: suffixed },
].filter(({ suffix }) => only === undefined || only === suffix);

/** Later props win. */
function all(...parts: SystemProps[]): SystemProps {
  return (stack) => Object.assign({}, ...[base, ...parts].map((props) => props(stack)));
}

/** The template of a system with or without a suffix and with more props. */
const templateOf = memoize((names: SystemProps, props: SystemProps): any => synthesize(all(names, props)).template.toJSON());

const impactOn = memoize((names: SystemProps, { before, after }: PropChange): Impact => (
  impactOf(templateOf(names, before), templateOf(names, after))
));

function memoize<First extends object, Second extends object, Result>(compute: (first: First, second: Second) => Result) {
  const results = new Map<First, Map<Second, Result>>();
  return (first: First, second: Second): Result => {
    const known = results.get(first) ?? results.set(first, new Map()).get(first)!;
    return known.get(second) ?? known.set(second, compute(first, second)).get(second)!;
  };
}

const isStateful = ({ type }: TypedResource) => STATEFUL.includes(type);

/** The words that the docstring of a prop must contain. */
function warningsOf({ rejected, replaced, removed }: Impact): string[] {
  return Object.entries({ rejects: rejected, replaces: replaced.filter(isStateful), deletes: removed.filter(isStateful) })
    .filter(([, resources]) => resources.length > 0)
    .map(([word]) => word);
}

describe('docs/changes.md', () => {
  test('lists the changes that are checked here, each with a remedy', () => {
    expect(rows.map(({ title }) => title)).toEqual(CHANGES.map(({ title }) => title));
    expect(rows.filter(({ remedy }) => !/\w{3}/.test(remedy))).toEqual([]);
  });

  test.each(CHANGES)('describes what happens: $title', (change) => {
    const cells = { without: '-', with: '-' };
    for (const { suffix, names } of variants(change)) {
      cells[suffix] = describeImpact(impactOn(names, change));
    }

    expect(rows.find(({ title }) => title === change.title)).toMatchObject({ without: cells.without, withSuffix: cells.with });
  });

  test('covers every prop of the system', () => {
    const changed = CHANGES.flatMap(({ before, after }) => [base, before, after]).flatMap((props) => Object.keys(props(new Stack())));

    expect([...new Set(changed)].sort()).toEqual(membersOf(PROPS_FILES.WebhookProcessingSystemProps, 'WebhookProcessingSystemProps').sort());
  });
});

describe('a change of a prop', () => {
  test.each(CHANGES)('is harmless, or its docstring warns about it: $title', (change) => {
    const warnings = [...new Set(variants(change).flatMap(({ names }) => warningsOf(impactOn(names, change))))];
    const docstrings = change.documentedAt.map((place) => {
      const [type, member] = place.split('.');
      return docstringOf(PROPS_FILES[type], type, member);
    });

    expect(docstrings.length > 0).toBe(warnings.length > 0);
    for (const docstring of docstrings) {
      expect(warnings.filter((word) => !docstring.includes(word))).toEqual([]);
    }
  });

  test.each([nothing, suffixed])('deletes no data if `removalPolicy` retains (%#)', (names) => {
    const data = Object.values<any>(templateOf(names, retained).Resources).filter(({ Type }) => DATA.includes(Type));

    expect(new Set(data.map(({ Type }) => Type))).toEqual(new Set(DATA));
    expect(data.filter(({ DeletionPolicy, UpdateReplacePolicy }) => DeletionPolicy !== 'RetainExceptOnCreate' || UpdateReplacePolicy !== 'Retain')).toEqual([]);
  });
});

describe('a deployment', () => {
  const rule = (EventBusName: string, Name?: string) => ({ Type: 'AWS::Events::Rule', Properties: { EventBusName, Name } });
  const impactOfRules = (before: object, after: object) => {
    const impact = Object.entries(impactOf({ Resources: before } as any, { Resources: after } as any));
    return impact.filter(([, resources]) => resources.length > 0).map(([outcome]) => outcome);
  };

  test('is rejected if a resource that is replaced keeps its name', () => {
    expect(impactOfRules({ A: rule('one', 'name') }, { A: rule('two', 'name') })).toEqual(['rejected']);
    expect(impactOfRules({ A: rule('one', 'name') }, { A: rule('two', 'other') })).toEqual(['replaced']);
    expect(impactOfRules({ A: rule('one') }, { A: rule('two') })).toEqual(['replaced']);
  });

  test('is rejected if a resource is created under the name of one that is deleted after it', () => {
    expect(impactOfRules({ A: rule('one', 'name') }, { B: rule('one', 'name') })).toEqual(['rejected', 'removed']);
    expect(impactOfRules({ A: rule('one', 'name') }, { B: rule('two', 'name') })).toEqual(['removed', 'created']);
    expect(impactOfRules({ A: rule('one') }, { B: rule('one') })).toEqual(['removed', 'created']);
  });
});

describe('the remedy works', () => {
  const refusedBy = (...steps: any[]) => steps.slice(1).flatMap((next, index) => impactOf(steps[index], next).rejected);
  const named = (props: SystemProps) => templateOf(suffixed, props);

  test('for the default provider, to list it', () => {
    const listed: SystemProps = () => ({ providers: [WebhookProvider.standardWebhooks(), WebhookProvider.stripe()] });

    expect(impactOf(named(nothing), named(listed)).removed.filter(isStateful)).toEqual([]);
  });

  test('for another bus of yours, to return to the created bus in between', () => {
    expect(refusedBy(named(bus), named(otherBus))).not.toEqual([]);
    expect(refusedBy(named(bus), named(nothing), named(otherBus))).toEqual([]);
  });

  test('for Object Lock, to change the name of the archive bucket', () => {
    expect(refusedBy(named(retained), named(locked))).not.toEqual([]);
    expect(refusedBy(named(retained), named(lockedAndRenamed))).toEqual([]);
  });

  test('for the indexes of cards and email addresses, to leave them out and create one in each deployment', () => {
    const tableWithout = (...absent: string[]) => {
      const { stack, system } = synthesize(all(suffixed, nothing));
      const table = system.table.node.defaultChild as CfnGlobalTable;
      const indexes: CfnGlobalTable.GlobalSecondaryIndexProperty[] = stack.resolve(table.globalSecondaryIndexes);
      const attributes: CfnGlobalTable.AttributeDefinitionProperty[] = stack.resolve(table.attributeDefinitions);
      const kept = indexes.filter(({ indexName }) => !absent.includes(indexName));
      const keys = [table, ...kept].flatMap(({ keySchema }) => stack.resolve(keySchema)).map(({ attributeName }) => attributeName);
      table.globalSecondaryIndexes = kept;
      table.attributeDefinitions = attributes.filter(({ attributeName }) => keys.includes(attributeName));
      return theResource(Template.fromStack(stack), 'AWS::DynamoDB::GlobalTable').Properties;
    };
    const steps = [tableWithout('customer-index', 'card-index', 'email-index'), tableWithout('card-index', 'email-index'), tableWithout('email-index'), tableWithout()];
    const namesIn = ({ GlobalSecondaryIndexes: indexes }: any): string[] => indexes.map(({ IndexName }: any) => IndexName);

    expect(steps.map(namesIn).map((names, index) => names.filter((name) => index === 0 || !namesIn(steps[index - 1]).includes(name)))).toEqual([
      ['open-high-value-index'], ['customer-index'], ['card-index'], ['email-index'],
    ]);
    expect(steps[3]).toEqual(theResource(Template.fromJSON(named(nothing)), 'AWS::DynamoDB::GlobalTable').Properties);
    for (const { AttributeDefinitions: defined, GlobalSecondaryIndexes: indexes, KeySchema: own } of steps) {
      const keys = [own, ...indexes.map(({ KeySchema }: any) => KeySchema)].flat().map(({ AttributeName }: any) => AttributeName);
      expect(defined.map(({ AttributeName }: any) => AttributeName).sort()).toEqual([...new Set(keys)].sort());
    }
  });

  test('between zip and images, to let CloudFormation name the functions for one deployment', () => {
    const { stack, system } = synthesize(all(suffixed, images));
    for (const handler of [system.webhookValidator, system.eventRelay, system.fraudDetector, system.transactionArchival]) {
      (handler.node.defaultChild as CfnFunction).functionName = undefined;
    }
    const unnamed = Template.fromStack(stack).toJSON();

    expect(refusedBy(named(zip), named(images))).not.toEqual([]);
    expect(refusedBy(named(zip), unnamed, named(images))).toEqual([]);
  });
});

test('the rules are on another bus before the relay publishes to it', () => {
  const { template } = synthesize(all(bus));
  const { DependsOn } = theResource(template, 'AWS::Lambda::Function', ({ Environment }) => Environment?.Variables.EVENT_BUS_NAME);

  expect(DependsOn.filter((id: string) => id in template.findResources('AWS::Events::Rule'))).toHaveLength(4);
});

test('the bucket of a system that retains from now on is no longer emptied', () => {
  // CDK empties a bucket only if it has this tag when the custom resource is deleted, which CloudFormation does last.
  const tagged = (props: SystemProps) => JSON.stringify(theResource(synthesize(all(props)).template, 'AWS::S3::Bucket', isArchive).Properties)
    .includes('aws-cdk:auto-delete-objects');

  expect(tagged(nothing)).toBe(true);
  expect(tagged(retained)).toBe(false);
});

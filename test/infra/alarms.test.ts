import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { resourcesOf, templateIn, workshop } from '../support/template.ts';

const template = templateIn((await workshop()).assembly);

test('there are as many alarms as the README says', () => {
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm', z.looseObject({}));
  const told = ['README.md', 'README.zh-CN.md'].map(
    (file) => /(?:\*\*Alarms\*\* \(|\*\*告警\*\*（)(\d+)/.exec(readFileSync(file, 'utf8'))?.[1],
  );
  expect([alarms.size, ...told]).toEqual([27, '27', '27']);
});

test('there are as many dead-letter queues as the README says', () => {
  const queues = resourcesOf(template, 'AWS::SQS::Queue', z.looseObject({}));
  const told = ['README.md', 'README.zh-CN.md'].map(
    (file) =>
      /(?:\*\*Dead-letter queues\*\* \(|\*\*死信队列\*\*（)(\d+)/.exec(readFileSync(file, 'utf8'))?.[1],
  );
  expect([queues.size, ...told]).toEqual([23, '23', '23']);
});

test('of the functions’ own counts, alarms tell of rounds that were not to be had in two runs in a row, and of every delivery that needs a person', () => {
  const Counting = z.object({
    Namespace: z.literal('Mingchou'),
    MetricName: z.string(),
    Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
    Period: z.int(),
    EvaluationPeriods: z.int(),
    Threshold: z.int(),
    TreatMissingData: z.string(),
    AlarmActions: z.array(z.unknown()).length(1),
  });
  const Named = z.looseObject({ Namespace: z.string() });
  const own = [...resourcesOf(template, 'AWS::CloudWatch::Alarm', Named).values()]
    .filter(({ Namespace }) => Namespace === 'Mingchou')
    .map((alarm) => Counting.parse(alarm));
  const stuck = (service: string) => ({
    MetricName: 'DeliveriesStuck',
    Dimensions: [{ Name: 'service', Value: service }],
    Period: 600,
    EvaluationPeriods: 1,
    Threshold: 1,
    TreatMissingData: 'notBreaching',
  });
  expect(own).toMatchObject([
    {
      MetricName: 'BeaconsMissing',
      Dimensions: [{ Name: 'service', Value: 'beacon' }],
      Period: 1800,
      EvaluationPeriods: 2,
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    },
    stuck('outgoing'),
    stuck('delivery'),
  ]);
});

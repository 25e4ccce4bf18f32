import type { Measurements } from './measured-sizes';

/** What `npx projen cost` measured for webhooks of each sort: averages in the smallest system. Do not edit it. */
export const SORTED_SIZES: { readonly [sort in 'high' | 'medium' | 'low' | 'other']: Measurements } = {
  high: {
    bodyBytes: 2672,
    responseBytes: 473,
    insertUnits: 2,
    updateUnits: 6,
    indexUnits: 5,
    readUnits: 14.5,
    tableBytes: 2108.45,
    indexBytes: 1283.85,
    changes: 4,
    relayed: 2,
    events: 2,
    eventBytes: 1327.6,
    executions: 1,
    alerts: 1.03,
    logBytes: {
      'access log': 453,
      'validator': 514,
      'relay': 0,
      'detector': 1304.6,
      'workflow': 13587.34,
    },
    archived: [
      {
        changes: 1,
        bytes: 1535,
      },
      {
        changes: 2,
        bytes: 1680,
      },
      {
        changes: 4,
        bytes: 1853,
      },
      {
        changes: 8,
        bytes: 3814,
      },
      {
        changes: 16,
        bytes: 7502,
      },
      {
        changes: 32,
        bytes: 13746,
      },
      {
        changes: 64,
        bytes: 27202,
      },
      {
        changes: 128,
        bytes: 53140,
      },
      {
        changes: 256,
        bytes: 105275,
      },
    ],
    sweepReadUnits: 10.5,
  },
  medium: {
    bodyBytes: 2669,
    responseBytes: 473,
    insertUnits: 2,
    updateUnits: 0,
    indexUnits: 3,
    readUnits: 1,
    tableBytes: 1865.867,
    indexBytes: 1284,
    changes: 1,
    relayed: 1,
    events: 1,
    eventBytes: 1240,
    executions: 0,
    alerts: 1,
    logBytes: {
      'access log': 453,
      'validator': 514,
      'relay': 0,
      'detector': 0,
      'workflow': 0,
    },
    archived: [
      {
        changes: 1,
        bytes: 1535,
      },
      {
        changes: 2,
        bytes: 1680,
      },
      {
        changes: 4,
        bytes: 1853,
      },
      {
        changes: 8,
        bytes: 3814,
      },
      {
        changes: 16,
        bytes: 7502,
      },
      {
        changes: 32,
        bytes: 13746,
      },
      {
        changes: 64,
        bytes: 27202,
      },
      {
        changes: 128,
        bytes: 53140,
      },
      {
        changes: 256,
        bytes: 105275,
      },
    ],
    sweepReadUnits: 10.5,
  },
  low: {
    bodyBytes: 2663,
    responseBytes: 473,
    insertUnits: 2,
    updateUnits: 0,
    indexUnits: 3,
    readUnits: 1,
    tableBytes: 1861.708,
    indexBytes: 1280.9,
    changes: 1,
    relayed: 1,
    events: 1,
    eventBytes: 1244.767,
    executions: 0,
    alerts: 0,
    logBytes: {
      'access log': 453,
      'validator': 514,
      'relay': 0,
      'detector': 0,
      'workflow': 0,
    },
    archived: [
      {
        changes: 1,
        bytes: 1535,
      },
      {
        changes: 2,
        bytes: 1680,
      },
      {
        changes: 4,
        bytes: 1853,
      },
      {
        changes: 8,
        bytes: 3814,
      },
      {
        changes: 16,
        bytes: 7502,
      },
      {
        changes: 32,
        bytes: 13746,
      },
      {
        changes: 64,
        bytes: 27202,
      },
      {
        changes: 128,
        bytes: 53140,
      },
      {
        changes: 256,
        bytes: 105275,
      },
    ],
    sweepReadUnits: 10.5,
  },
  other: {
    bodyBytes: 2661,
    responseBytes: 473,
    insertUnits: 2,
    updateUnits: 0,
    indexUnits: 0,
    readUnits: 0,
    tableBytes: 1788.035,
    indexBytes: 0,
    changes: 1,
    relayed: 1,
    events: 1,
    eventBytes: 1232,
    executions: 0,
    alerts: 0,
    logBytes: {
      'access log': 453,
      'validator': 514,
      'relay': 0,
      'detector': 0,
      'workflow': 0,
    },
    archived: [
      {
        changes: 1,
        bytes: 1535,
      },
      {
        changes: 2,
        bytes: 1680,
      },
      {
        changes: 4,
        bytes: 1853,
      },
      {
        changes: 8,
        bytes: 3814,
      },
      {
        changes: 16,
        bytes: 7502,
      },
      {
        changes: 32,
        bytes: 13746,
      },
      {
        changes: 64,
        bytes: 27202,
      },
      {
        changes: 128,
        bytes: 53140,
      },
      {
        changes: 256,
        bytes: 105275,
      },
    ],
    sweepReadUnits: 10.5,
  },
};

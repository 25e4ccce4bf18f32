import type { Measurements } from './measured-sizes';

/** What `npx projen cost` measured for webhooks of each sort: averages in the smallest system. Do not edit it. */
export const SORTED_SIZES: { readonly [sort in 'high' | 'medium' | 'low' | 'other']: Measurements } = {
  high: {
    bodyBytes: 2672,
    responseBytes: 473,
    insertUnits: 2,
    updateUnits: 6,
    indexUnits: 3,
    readUnits: 5.5,
    tableBytes: 2018.45,
    indexBytes: 330.95,
    changes: 4,
    relayed: 2,
    events: 2,
    eventBytes: 1219.6,
    executions: 1,
    alerts: 1.03,
    logBytes: {
      'access log': 566,
      'validator': 562,
      'relay': 0,
      'detector': 2363.6,
      'workflow': 12842.34,
    },
    archived: [
      {
        changes: 1,
        bytes: 1486,
      },
      {
        changes: 2,
        bytes: 1625,
      },
      {
        changes: 4,
        bytes: 1803,
      },
      {
        changes: 8,
        bytes: 3624,
      },
      {
        changes: 16,
        bytes: 7045,
      },
      {
        changes: 32,
        bytes: 12855,
      },
      {
        changes: 64,
        bytes: 25352,
      },
      {
        changes: 128,
        bytes: 49399,
      },
      {
        changes: 256,
        bytes: 97794,
      },
    ],
    sweepReadUnits: 10.5,
  },
  medium: {
    bodyBytes: 2669,
    responseBytes: 473,
    insertUnits: 2,
    updateUnits: 0,
    indexUnits: 1,
    readUnits: 0,
    tableBytes: 1775.867,
    indexBytes: 331,
    changes: 1,
    relayed: 1,
    events: 1,
    eventBytes: 1132,
    executions: 0,
    alerts: 1,
    logBytes: {
      'access log': 566,
      'validator': 562,
      'relay': 0,
      'detector': 0,
      'workflow': 0,
    },
    archived: [
      {
        changes: 1,
        bytes: 1486,
      },
      {
        changes: 2,
        bytes: 1625,
      },
      {
        changes: 4,
        bytes: 1803,
      },
      {
        changes: 8,
        bytes: 3624,
      },
      {
        changes: 16,
        bytes: 7045,
      },
      {
        changes: 32,
        bytes: 12855,
      },
      {
        changes: 64,
        bytes: 25352,
      },
      {
        changes: 128,
        bytes: 49399,
      },
      {
        changes: 256,
        bytes: 97794,
      },
    ],
    sweepReadUnits: 10.5,
  },
  low: {
    bodyBytes: 2663,
    responseBytes: 473,
    insertUnits: 2,
    updateUnits: 0,
    indexUnits: 1,
    readUnits: 0,
    tableBytes: 1771.708,
    indexBytes: 329.967,
    changes: 1,
    relayed: 1,
    events: 1,
    eventBytes: 1136.767,
    executions: 0,
    alerts: 0,
    logBytes: {
      'access log': 566,
      'validator': 562,
      'relay': 0,
      'detector': 0,
      'workflow': 0,
    },
    archived: [
      {
        changes: 1,
        bytes: 1486,
      },
      {
        changes: 2,
        bytes: 1625,
      },
      {
        changes: 4,
        bytes: 1803,
      },
      {
        changes: 8,
        bytes: 3624,
      },
      {
        changes: 16,
        bytes: 7045,
      },
      {
        changes: 32,
        bytes: 12855,
      },
      {
        changes: 64,
        bytes: 25352,
      },
      {
        changes: 128,
        bytes: 49399,
      },
      {
        changes: 256,
        bytes: 97794,
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
    tableBytes: 1698.035,
    indexBytes: 0,
    changes: 1,
    relayed: 1,
    events: 1,
    eventBytes: 1124,
    executions: 0,
    alerts: 0,
    logBytes: {
      'access log': 566,
      'validator': 562,
      'relay': 0,
      'detector': 0,
      'workflow': 0,
    },
    archived: [
      {
        changes: 1,
        bytes: 1486,
      },
      {
        changes: 2,
        bytes: 1625,
      },
      {
        changes: 4,
        bytes: 1803,
      },
      {
        changes: 8,
        bytes: 3624,
      },
      {
        changes: 16,
        bytes: 7045,
      },
      {
        changes: 32,
        bytes: 12855,
      },
      {
        changes: 64,
        bytes: 25352,
      },
      {
        changes: 128,
        bytes: 49399,
      },
      {
        changes: 256,
        bytes: 97794,
      },
    ],
    sweepReadUnits: 10.5,
  },
};

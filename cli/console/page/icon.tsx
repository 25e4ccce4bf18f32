/** The shapes differ, so that no meaning depends on color alone. Each is drawn in a square of 16. */
const SHAPES = {
  'done': ['circle', 'M5 8.3l2.1 2.1L11 6'],
  'waiting': ['ring', 'M8 5v3.2l2 1.3'],
  'failed': ['circle', 'M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6'],
  'skipped': ['', 'M5 8h6'],
  'unseen': ['dotted', 'M8 8h.01'],
  'approve': ['ring', 'M5 8.3l2.1 2.1L11 6'],
  'review': ['', 'M4 14V2.5h7.5L10 5.5l1.5 3H4'],
  'block': ['ring', 'M4 12L12 4'],
  'in progress': ['ring', 'M8 5v3.2l2 1.3'],
  'late': ['', 'M8 2.2L14.3 13.5H1.7zM8 6.5v3M8 11.6h.01'],
  'given up': ['ring', 'M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6'],
  'finished': ['', 'M3 8.5l3.3 3.3L13 5'],
  'stored only': ['', 'M2.5 4h11v3h-11zM3.5 7v5.5h9V7M6.5 9.5h3'],
  'erased': ['', 'M5 11.5L11 4.5l2.5 2.5-5.5 6H5.5L2.5 10l3-3M6 13.5h7'],
  'ALARM': ['', 'M8 2.2L14.3 13.5H1.7zM8 6.5v3M8 11.6h.01'],
  'OK': ['ring', 'M5 8.3l2.1 2.1L11 6'],
  'INSUFFICIENT_DATA': ['ring', 'M6.3 6.3a1.8 1.8 0 113 1.4c-.8.5-1.3.8-1.3 1.6M8 11.3h.01'],
  'link': ['', 'M6.5 3.5H3.5v9h9v-3M9 3h4v4M13 3L7.5 8.5'],
  'close': ['', 'M4 4l8 8M12 4l-8 8'],
  'search': ['', 'M7 2.8a4.2 4.2 0 110 8.4 4.2 4.2 0 010-8.4zM10.2 10.2L14 14'],
  'up': ['', 'M8 13V3M4 7l4-4 4 4'],
  'again': ['', 'M13 8a5 5 0 11-1.6-3.7M13 2.5V5h-2.5'],
} as const;

export type IconName = keyof typeof SHAPES;

const CIRCLE = { cx: 8, cy: 8, r: 6.2 };

/** The place between two signs in a row of them. */
const TRACK_STEP = 19;

/** Signs in a row, in one picture: a list draws hundreds of them. */
export function IconTrack({ names }: { readonly names: readonly IconName[] }) {
  return (
    <svg class="icon-track" viewBox={`0 0 ${names.length * TRACK_STEP} 16`} width={names.length * TRACK_STEP} height="16" aria-hidden="true" focusable="false">
      <path class="rail" d={`M8 8H${names.length * TRACK_STEP - 10}`} />
      {names.map((name, index) => {
        const [frame, path] = SHAPES[name];
        return (
          <g key={index} class={`step-${name}`} transform={`translate(${index * TRACK_STEP} 0)`}>
            <circle {...CIRCLE} class={`frame-${frame || 'none'}`} />
            <path d={path} class={frame === 'circle' ? 'on-fill' : 'stroke'} />
          </g>
        );
      })}
    </svg>
  );
}

export function Icon({ name }: { readonly name: IconName }) {
  const [frame, path] = SHAPES[name];
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {frame !== '' && <circle {...CIRCLE} class={`frame-${frame}`} />}
      <path d={path} class={frame === 'circle' ? 'on-fill' : 'stroke'} />
    </svg>
  );
}

/** One to three bars for the tier. */
export function TierIcon({ tier }: { readonly tier: string }) {
  const filled = ['low', 'medium', 'high'].indexOf(tier);
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {[0, 1, 2].map((bar) => <rect key={bar} x={2 + bar * 4.4} y={10 - bar * 3.6} width="3" height={4 + bar * 3.6} rx="0.8" class={bar <= filled ? 'bar-on' : 'bar-off'} />)}
    </svg>
  );
}

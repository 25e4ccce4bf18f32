import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from './icon';
import { FILTER_OPTIONS, isFiltering, NO_FILTER, NONE, type FilterName, type TransactionFilter } from '../view/transaction-filter';

interface FilterBarProps {
  readonly filter: TransactionFilter;
  readonly providers: readonly string[];
  readonly shown: number;
  readonly total: number;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly onChange: (filter: TransactionFilter) => void;
  readonly onLeave: () => void;
}

const NAMES: readonly FilterName[] = ['provider', 'tier', 'kind', 'verdict', 'label', 'state'];

export function FilterBar({ filter, providers, shown, total, searchRef, onChange, onLeave }: FilterBarProps) {
  const [areShown, setAreShown] = useState(false);
  const set = NAMES.filter((name) => filter[name] !== '').length;
  return (
    <div class="filters" role="search">
      <label class="search">
        <Icon name="search" />
        <span class="only-read">Search by payment, reference, customer or event id</span>
        <input
          ref={searchRef} type="search" placeholder="Payment, reference, customer or event id" value={filter.text} autocomplete="off" spellcheck={false}
          aria-keyshortcuts="/" onInput={({ currentTarget: { value } }) => onChange({ ...filter, text: value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && filter.text !== '') {
              event.stopPropagation();
              onChange({ ...filter, text: '' });
            } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
              event.preventDefault();
              onLeave();
            }
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </label>
      <button type="button" class="toggle-filters" aria-expanded={areShown} aria-controls="selects" onClick={() => setAreShown(!areShown)}>
        Filters{set > 0 && ` (${set})`}
      </button>
      <div class={`selects ${areShown ? 'are-shown' : ''}`} id="selects">
        {NAMES.map((name) => (
          <select
            key={name} aria-label={name} class={filter[name] === '' ? '' : 'is-set'} value={filter[name]}
            onChange={({ currentTarget: { value } }) => onChange({ ...filter, [name]: value })}
          >
            <option value="">{name}</option>
            {(name === 'provider' ? providers : FILTER_OPTIONS[name]).map((value) => <option key={value} value={value}>{value === NONE ? `no ${name}` : value}</option>)}
          </select>
        ))}
        {isFiltering(filter) && <button type="button" class="clear" onClick={() => onChange(NO_FILTER)}>Clear</button>}
      </div>
      <span class="total">{isFiltering(filter) ? `${shown.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}` : total.toLocaleString('en-US')}</span>
    </div>
  );
}

import {
  IconBuildingStore,
  IconCheck,
  IconFileSearch,
  IconInbox,
  IconListDetails,
  IconSparkles,
} from '@tabler/icons-react';
import type { Stage } from '../../../src/domain/stage.ts';
import { useWords } from '../i18n/use-words.tsx';
import classes from './stage-tracker.module.css';
import { type StepName, stepNames, stepOf } from './steps.ts';

const icons: Record<StepName, typeof IconInbox> = {
  received: IconInbox,
  reading: IconFileSearch,
  merchant: IconBuildingStore,
  fields: IconListDetails,
  done: IconSparkles,
};

/** Where a document is on its way, live. */
export function StageTracker({ stage }: { stage: Stage }) {
  const words = useWords();
  const current = stepNames.indexOf(stepOf(stage));
  return (
    <div className={classes.tracker}>
      <ol className={classes.steps} aria-hidden>
        {stepNames.map((name, index) => (
          <Step key={name} name={name} label={words.steps[name]} state={stateOf(index, current)} />
        ))}
      </ol>
      <div className={classes.now} role="status" data-stage={stage}>
        {words.working[stepOf(stage)]}
      </div>
    </div>
  );
}

type StepState = 'past' | 'current' | 'coming';

function stateOf(index: number, current: number): StepState {
  if (index < current) return 'past';
  return index === current ? 'current' : 'coming';
}

function Step({ name, label, state }: { name: StepName; label: string; state: StepState }) {
  const Icon = state === 'past' ? IconCheck : icons[name];
  return (
    <li className={classes.step} data-state={state}>
      <span className={classes.dot}>
        <Icon size={17} />
      </span>
      <span className={classes.label}>{label}</span>
    </li>
  );
}

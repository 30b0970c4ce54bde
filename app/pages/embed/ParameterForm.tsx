import { useId } from 'react';
import * as z from 'zod/mini';
import {
  embedKinds,
  parameterNames,
  parameters,
  parameterSchema,
  type ParameterGroup,
  type ParameterName,
} from '../../embed/parameters.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import styles from './Embed.module.css';
import type { Written } from './snippets.ts';

const titles: Readonly<Record<ParameterGroup, string>> = {
  what: 'What is shown',
  run: 'How it runs',
  look: 'How it looks',
  people: 'Who uses it',
  host: 'The page around it',
};

interface ParameterFormProps {
  written: Written;
  onChange: (name: ParameterName, value: string | undefined) => void;
}

/** Every parameter but the unit itself, made from the one table of them. */
export function ParameterForm({ written, onChange }: ParameterFormProps) {
  return (Object.keys(titles) as ParameterGroup[]).map((group) => {
    const names = parameterNames.filter(
      (name) => parameters[name].group === group && !embedKinds.some((kind) => kind === name),
    );
    return (
      <Disclosure key={group} summary={titles[group]} open={group === 'run'}>
        <div className={styles.fields}>
          {names.map((name) => (
            <Field key={name} name={name} value={written[name]} onChange={(value) => onChange(name, value)} />
          ))}
        </div>
      </Disclosure>
    );
  });
}

interface FieldProps {
  name: ParameterName;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function Field({ name, value, onChange }: FieldProps) {
  const { choices, default: standIn, help } = parameters[name];
  const given = value ?? standIn ?? '';
  if (choices?.join() === '0,1')
    return (
      <div className={styles.field}>
        <Switch label={name} checked={given === '1'} onChange={(on) => onChange(on ? '1' : '0')} />
        <p>{help}</p>
      </div>
    );
  if (choices !== undefined)
    return (
      <div className={styles.field}>
        <Select
          label={name}
          value={given}
          options={choices.map((choice) => ({ value: choice, label: choice }))}
          onChange={onChange}
        />
        <p>{help}</p>
      </div>
    );
  return <TextField name={name} value={value ?? ''} onChange={onChange} />;
}

function TextField({ name, value, onChange }: FieldProps & { value: string }) {
  const id = useId();
  const { expects, help } = parameters[name];
  const usable = value === '' || z.safeParse(parameterSchema.shape[name] as z.ZodMiniType, value).success;
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{name}</label>
      <input
        id={id}
        type="text"
        value={value}
        placeholder={expects}
        aria-invalid={!usable}
        aria-describedby={`${id}-help`}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      />
      <p id={`${id}-help`}>{usable ? help : `Expected ${expects}.`}</p>
    </div>
  );
}

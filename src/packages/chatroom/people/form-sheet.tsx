import { Input, ScrollView, Textarea, View } from '@tarojs/components';
import { useState } from 'react';
import { ConnectionError } from '@/connection';
import { Button } from '@/components/button';
import { classes } from '@/components/classes';
import { observer } from '@/components/observer';
import { reasonText } from '@/components/reason-text';
import { useStores } from '@/components/stores-context';
import { type Check, fieldProblem } from './checks';
import { Sheet } from './sheet';
import type { Say } from './texts';
import { useSay } from './use-say';
import './form-sheet.scss';

export interface FormField {
  /** A store's parameter, so that what it finds wrong is said here. */
  readonly name: string;
  readonly label: string;
  readonly initial?: string;
  readonly hint?: string;
  /** `long`: several lines. */
  readonly kind?: 'text' | 'long' | 'number';
  /** Shown as a count of what is left to type. */
  readonly limit?: number;
  readonly check?: Check;
  /** Another way to fill the field than typing; undefined when the user changed their mind. */
  readonly fill?: {
    readonly label: string;
    readonly busy: string;
    readonly run: () => Promise<string | undefined>;
  };
}

export type Typed = Readonly<Record<string, string>>;

export interface Form {
  readonly title: string;
  readonly note?: string;
  readonly fields: readonly FormField[];
  readonly confirm?: string;
  /** What it does cannot be taken back. */
  readonly severe?: boolean;
  /** Closes the form when it resolves; what it rejects with is said in it. */
  readonly submit: (typed: Typed) => Promise<void>;
}

interface FormSheetProps {
  form: Form;
  onClose: () => void;
}

/** A few fields in a sheet: what is wrong is said beside the field, what the server refuses below. */
export const FormSheet = observer(function FormSheet({ form, onClose }: FormSheetProps) {
  const { settings } = useStores();
  const say = useSay();
  const [typed] = useState(() => initialOf(form));
  const [problems, setProblems] = useState<Typed>({});
  const [refusal, setRefusal] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    const found = problemsOf(form, typed, say);
    setProblems(found);
    setRefusal('');
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      await form.submit({ ...typed });
      onClose();
    } catch (cause) {
      setBusy(false);
      const own = fieldProblem(cause, say);
      if (own && form.fields.some(({ name }) => name === own.field))
        setProblems({ [own.field]: own.text });
      else
        setRefusal(
          own ? own.text : reasonText(ConnectionError.from(cause).code, settings.language),
        );
    }
  };

  return (
    <Sheet label={form.title} closeLabel={say('form.cancel')} onClose={onClose}>
      <View className="form-head">
        <View className="form-cancel" ariaRole="button" onClick={onClose}>
          {say('form.cancel')}
        </View>
        <View className="form-title ellipsis">{form.title}</View>
      </View>
      <ScrollView className="form-body" scrollY>
        {form.note && <View className="form-note">{form.note}</View>}
        {form.fields.map((field) => (
          <FieldOf
            key={field.name}
            field={field}
            isNamed={field.label !== form.title}
            problem={problems[field.name] ?? ''}
            onType={(text) => (typed[field.name] = text)}
            onRefused={(cause) =>
              setRefusal(reasonText(ConnectionError.from(cause).code, settings.language))
            }
          />
        ))}
        {refusal !== '' && (
          <View className="form-refusal" ariaRole="alert">
            {refusal}
          </View>
        )}
        <Button
          kind={form.severe ? 'danger' : 'primary'}
          disabled={busy}
          onClick={() => void submit()}
        >
          {form.confirm ?? say('form.save')}
        </Button>
      </ScrollView>
    </Sheet>
  );
});

interface FieldOfProps {
  field: FormField;
  /** Whether the label is to be seen: a form of one field says it in its title. */
  isNamed: boolean;
  problem: string;
  onType: (text: string) => void;
  onRefused: (cause: unknown) => void;
}

/** The field keeps its own text; only the count is rendered as one types. */
function FieldOf({ field, isNamed, problem, onType, onRefused }: FieldOfProps) {
  const { name, label, initial: first = '', hint = '', kind = 'text', limit, fill } = field;
  const [initial, setInitial] = useState(first);
  const [length, setLength] = useState(initial.length);
  const [now] = useState({ text: initial });
  const [filling, setFilling] = useState(false);
  const runFill = async () => {
    if (!fill || filling) return;
    setFilling(true);
    try {
      const text = await fill.run();
      if (text !== undefined) {
        now.text = text;
        onType(text);
        setLength(text.length);
        setInitial(text);
      }
    } catch (cause) {
      onRefused(cause);
    } finally {
      setFilling(false);
    }
  };
  const common = {
    id: `field-${name}`,
    // A browser's field is given its value at every rendering, a mini-program's only when it changes:
    // what was typed would be lost in one, or sent back while one types in the other.
    value: process.env.TARO_ENV === 'h5' ? now.text : initial,
    placeholder: hint,
    placeholderClass: 'form-placeholder',
    ariaLabel: label,
    maxlength: -1,
    onInput: ({ detail }: { detail: { value: string } }) => {
      now.text = detail.value;
      onType(detail.value);
      if (limit) setLength(detail.value.length);
    },
  };
  return (
    <View className="form-field">
      <View className="form-label">
        <View>{isNamed ? label : ''}</View>
        {limit !== undefined && length > limit / 2 && (
          <View className={classes('form-count', length > limit && 'form-over')}>
            {`${length}/${limit}`}
          </View>
        )}
      </View>
      {kind === 'long' ? (
        <Textarea
          className="form-input form-long"
          disableDefaultPadding
          showConfirmBar={false}
          cursorSpacing={CURSOR_SPACING}
          {...common}
        />
      ) : (
        <Input className="form-input" type={kind} cursorSpacing={CURSOR_SPACING} {...common} />
      )}
      {fill && (
        <View className="form-fill" ariaRole="button" onClick={() => void runFill()}>
          {filling ? fill.busy : fill.label}
        </View>
      )}
      {problem !== '' && (
        <View className="form-problem" ariaRole="alert">
          {problem}
        </View>
      )}
    </View>
  );
}

/** Room for the button between the field and the keyboard. */
const CURSOR_SPACING = 120;

function initialOf({ fields }: Form): Record<string, string> {
  return Object.fromEntries(fields.map(({ name, initial = '' }) => [name, initial]));
}

function problemsOf({ fields }: Form, typed: Typed, say: Say): Typed {
  const problems: Record<string, string> = {};
  for (const { name, check } of fields) {
    const problem = check?.(typed[name] ?? '', say);
    if (problem) problems[name] = problem;
  }
  return problems;
}

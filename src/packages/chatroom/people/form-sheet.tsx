import { Input, ScrollView, Textarea, View } from '@tarojs/components';
import { useState } from 'react';
import { ConnectionError } from '@/connection';
import { Button } from '@/components/ui/button';
import { classes } from '@/components/ui/classes';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { type Check, fieldProblem } from './validators';
import { Sheet } from './sheet';
import { type PeopleTexts, peopleTexts } from './texts';
import './form-sheet.scss';

export interface FormField {
  /** The name of the store's parameter: the store's validation errors are shown at this field. */
  readonly name: string;
  readonly label: string;
  readonly initial?: string;
  readonly hint?: string;
  /** `long` has several lines. */
  readonly kind?: 'text' | 'long' | 'number';
  /** The maximum length; the form shows the number of characters left. */
  readonly limit?: number;
  readonly check?: Check;
  /** Another way to fill the field than typing; resolves to undefined when the user cancelled. */
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
  /** The action cannot be undone. */
  readonly severe?: boolean;
  /** The form closes when this resolves; a rejection is shown in the form. */
  readonly submit: (typed: Typed) => Promise<void>;
}

interface FormSheetProps {
  form: Form;
  onClose: () => void;
}

/** A few fields in a sheet: a validation error is shown at its field, the server's refusal below all fields. */
export const FormSheet = observer(function FormSheet({ form, onClose }: FormSheetProps) {
  const { settings } = useStores();
  const t = useTexts(peopleTexts);
  const [typed] = useState(() => initialOf(form));
  const [problems, setProblems] = useState<Typed>({});
  const [refusal, setRefusal] = useState('');
  const [busy, setBusy] = useState(false);

  const submit = async () => {
    const found = problemsOf(form, typed, t);
    setProblems(found);
    setRefusal('');
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      await form.submit({ ...typed });
      onClose();
    } catch (cause) {
      setBusy(false);
      const own = fieldProblem(cause, t);
      if (own && form.fields.some(({ name }) => name === own.field))
        setProblems({ [own.field]: own.text });
      else
        setRefusal(
          own ? own.text : reasonText(ConnectionError.from(cause).code, settings.language),
        );
    }
  };

  return (
    <Sheet label={form.title} closeLabel={t('form.cancel')} onClose={onClose}>
      <View className="form-head">
        <View className="form-cancel" ariaRole="button" onClick={onClose}>
          {t('form.cancel')}
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
          {form.confirm ?? t('form.save')}
        </Button>
      </ScrollView>
    </Sheet>
  );
});

interface FieldOfProps {
  field: FormField;
  /** Whether the label is visible: in a form of one field the title says it. */
  isNamed: boolean;
  problem: string;
  onType: (text: string) => void;
  onRefused: (cause: unknown) => void;
}

/** The field keeps its own text; only the count is rendered while the user types. */
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
    // A browser's field is given its value at every rendering, a mini-program's only when the value changes.
    // With the wrong one of these, typed text would be lost in the browser, or sent back during typing in the
    // mini-program.
    value: process.env.TARO_ENV === 'h5' ? now.text : initial,
    placeholder: hint,
    placeholderClass: 'form-placeholder',
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
          ariaLabel={label}
          {...common}
        />
      ) : (
        <Input
          className="form-input"
          type={kind}
          cursorSpacing={CURSOR_SPACING}
          ariaLabel={label}
          {...common}
        />
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

/** Space for the button between the field and the keyboard. */
const CURSOR_SPACING = 120;

function initialOf({ fields }: Form): Record<string, string> {
  return Object.fromEntries(fields.map(({ name, initial = '' }) => [name, initial]));
}

function problemsOf({ fields }: Form, typed: Typed, t: PeopleTexts): Typed {
  const problems: Record<string, string> = {};
  for (const { name, check } of fields) {
    const problem = check?.(typed[name] ?? '', t);
    if (problem) problems[name] = problem;
  }
  return problems;
}

import { type CommonEvent, Textarea, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import {
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { classes } from '@/components/classes';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { observer } from '@/components/observer';
import { PageGateContext } from '@/components/page-gate';
import { Place } from '@/components/place';
import { useT } from '@/components/use-t';
import { DraftField, type FieldElement } from './draft-field';
import { withoutLast } from './emoji';
import { EmojiPanel } from './emoji-panel';
import { useEnterKey } from './enter-key';
import { useKeyboardHeight } from './keyboard-height';

/** Yunxin's limit for one text message. */
const MAX_LENGTH = 5000;

type PanelName = 'emoji' | 'extra';

/** The way other parts of a page write into its composer. */
export class ComposerInlet {
  /** Set by the composer: changes what is written, and brings the keyboard. */
  edit: (change: (text: string) => string) => void = () => undefined;
}

/** What a page adds to the composer besides text and emoji. */
export interface ComposerExtra {
  /** Its button has a place of its own in the row; the class names draw it. */
  readonly className: string;
  readonly label: string;
  readonly panel: ReactNode;
}

interface ComposerProps {
  scroll: ListScroll;
  inlet: ComposerInlet;
  onSend: (text: string) => void;
  /** Buttons in the place of the send button. Hidden, not gone: what comes and goes makes Taro send the row. */
  tools?: (hidden: boolean) => ReactNode;
  extra?: ComposerExtra;
}

export const Composer = observer(function Composer({
  scroll,
  inlet,
  onSend,
  tools,
  extra,
}: ComposerProps) {
  const t = useT();
  // Typing shares the pace of a page that has one.
  const gate = useContext(PageGateContext);
  const field = useMemo(() => new DraftField((tell) => gate.request(tell)), [gate]);
  const [element, setElement] = useState<FieldElement | null>(null);
  const [hasText, setHasText] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const [panel, setPanel] = useState<PanelName | null>(null);
  const used = useRef(new Set<PanelName>()).current;
  if (panel) used.add(panel);
  const { height, onBlur: dropKeyboard } = useKeyboardHeight();

  const attach = useCallback(
    (found: FieldElement | null) => {
      field.attach(found);
      setElement(found);
    },
    [field],
  );
  const lookAtText = useCallback(() => setHasText(field.text.trim() !== ''), [field]);
  const set = useCallback(
    (text: string) => {
      field.set(text);
      gate.request(lookAtText);
    },
    [field, gate, lookAtText],
  );
  const onInput = useCallback(
    ({ detail }: { detail: { value: string } }) => {
      field.typed(detail.value);
      gate.request(lookAtText);
    },
    [field, gate, lookAtText],
  );
  const toEnd = useCallback(() => scroll.toEnd(), [scroll]);
  const send = useCallback(() => {
    const text = field.text.trim();
    if (text === '') return;
    onSend(text);
    set('');
    gate.request(toEnd);
    gate.hurry();
  }, [onSend, field, gate, toEnd, set]);
  useEnterKey(element, send);

  const onFocus = useCallback(() => {
    setFocused(true);
    setPanel(null);
  }, []);
  const onBlur = useCallback(() => {
    setFocused(false);
    dropKeyboard();
  }, [dropKeyboard]);
  const toggle = (name: PanelName) => {
    if (panel === name) {
      setPanel(null);
      setFocused(true);
    } else {
      if (process.env.TARO_ENV === 'weapp') void Taro.hideKeyboard();
      setFocused(false);
      setPanel(name);
    }
  };
  const onPick = useCallback(
    ({ currentTarget }: CommonEvent) => {
      const { emoji } = currentTarget.dataset as { emoji?: string };
      if (emoji) set(field.text + emoji);
    },
    [field, set],
  );
  const onLineChange = useCallback(() => scroll.followEnd(), [scroll]);
  const onBackspace = useCallback(() => set(withoutLast(field.text)), [field, set]);

  useEffect(() => {
    inlet.edit = (change) => {
      set(change(field.text));
      setFocused(true);
    };
  }, [inlet, field, set]);
  // The list has become shorter or longer: its end stays in sight when it was.
  useLayoutEffect(() => {
    scroll.followEnd();
  }, [scroll, height, panel]);
  const dock = useMemo(() => ({ height: `${panel ? 0 : height}PX` }), [height, panel]);
  const classOf = (name: PanelName) => (panel === name ? 'panel' : 'panel panel-closed');

  return (
    <View className={classes('composer', (height > 0 || panel) && 'composer-up')}>
      <View className="composer-row">
        <Textarea
          ref={attach}
          className="composer-field"
          placeholder={t('chat.placeholder')}
          placeholderClass="composer-placeholder"
          maxlength={MAX_LENGTH}
          autoHeight
          fixed
          focus={isFocused}
          holdKeyboard
          adjustPosition={false}
          disableDefaultPadding
          showConfirmBar={false}
          confirmType="send"
          confirmHold
          ariaLabel={t('chat.placeholder')}
          onInput={onInput}
          onFocus={onFocus}
          onBlur={onBlur}
          onLineChange={onLineChange}
          onConfirm={process.env.TARO_ENV === 'weapp' ? send : undefined}
        />
        <View
          className={classes('composer-emoji', panel === 'emoji' && 'composer-keyboard')}
          ariaRole="button"
          ariaLabel={t(panel === 'emoji' ? 'chat.keyboard' : 'chat.emoji')}
          onClick={() => toggle('emoji')}
        />
        {extra && (
          <View
            className={classes('composer-tool', extra.className, hasText && 'composer-no-send')}
            ariaRole="button"
            ariaLabel={extra.label}
            onClick={() => toggle('extra')}
          />
        )}
        {tools?.(hasText)}
        <View
          className={hasText ? 'composer-send' : 'composer-no-send'}
          hoverClass="button-pressed"
          ariaRole="button"
          onClick={send}
        >
          {t('chat.send')}
        </View>
      </View>
      {/* Always there, and before the panels: what is put between others makes Taro send them all. */}
      <View style={dock} />
      <Place>
        {used.has('emoji') && (
          <View className={classOf('emoji')}>
            <EmojiPanel onPick={onPick} onBackspace={onBackspace} />
          </View>
        )}
      </Place>
      {extra && (
        <Place>
          {used.has('extra') && <View className={classOf('extra')}>{extra.panel}</View>}
        </Place>
      )}
    </View>
  );
});

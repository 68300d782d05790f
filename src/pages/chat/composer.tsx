import { type CommonEvent, Textarea, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useCallback, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { classes } from '@/components/classes';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { observer } from '@/components/observer';
import { useT } from '@/components/use-t';
import type { Chat } from '@/stores';
import { CallButton } from './call-button';
import type { ChatActions } from './chat-actions';
import { DraftField, type FieldElement } from './draft-field';
import { withoutLast } from './emoji';
import { EmojiPanel } from './emoji-panel';
import { useEnterKey } from './enter-key';
import { useKeyboardHeight } from './keyboard-height';
import './composer.scss';

/** Yunxin's limit for one text message. */
const MAX_LENGTH = 5000;

interface ComposerProps {
  chat: Chat;
  scroll: ListScroll;
  actions: ChatActions;
}

export const Composer = observer(function Composer({ chat, scroll, actions }: ComposerProps) {
  const t = useT();
  const field = useMemo(() => new DraftField(), []);
  const [element, setElement] = useState<FieldElement | null>(null);
  const [hasText, setHasText] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const [panel, setPanel] = useState<'closed' | 'unused' | 'open'>('unused');
  const { height, onBlur: dropKeyboard } = useKeyboardHeight();

  const attach = useCallback(
    (found: FieldElement | null) => {
      field.attach(found);
      setElement(found);
    },
    [field],
  );
  const set = useCallback(
    (text: string) => {
      field.set(text);
      setHasText(text.trim() !== '');
    },
    [field],
  );
  const onInput = useCallback(
    ({ detail }: { detail: { value: string } }) => {
      field.typed(detail.value);
      setHasText(detail.value.trim() !== '');
    },
    [field],
  );
  const send = useCallback(() => {
    const text = field.text.trim();
    if (text === '') return;
    chat.sendText(text);
    set('');
    scroll.toEnd();
  }, [chat, field, scroll, set]);
  useEnterKey(element, send);

  const onFocus = useCallback(() => {
    setFocused(true);
    setPanel((known) => (known === 'open' ? 'closed' : known));
  }, []);
  const onBlur = useCallback(() => {
    setFocused(false);
    dropKeyboard();
  }, [dropKeyboard]);
  const togglePanel = useCallback(() => {
    if (panel === 'open') {
      setPanel('closed');
      setFocused(true);
    } else {
      if (process.env.TARO_ENV === 'weapp') void Taro.hideKeyboard();
      setFocused(false);
      setPanel('open');
    }
  }, [panel]);
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
    actions.onReEdit = (text) => {
      set(text);
      setFocused(true);
    };
  }, [actions, set]);
  // The list has become shorter or longer: its end stays in sight when it was.
  useLayoutEffect(() => {
    scroll.followEnd();
  }, [scroll, height, panel]);
  const dock = useMemo(() => ({ height: `${panel === 'open' ? 0 : height}PX` }), [height, panel]);

  return (
    <View className={classes('composer', (height > 0 || panel === 'open') && 'composer-up')}>
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
          className={classes('composer-emoji', panel === 'open' && 'composer-keyboard')}
          ariaRole="button"
          ariaLabel={t(panel === 'open' ? 'chat.keyboard' : 'chat.emoji')}
          onClick={togglePanel}
        />
        <CallButton conversationId={chat.conversationId} hidden={hasText} />
        <View
          className={hasText ? 'composer-send' : 'composer-no-send'}
          hoverClass="button-pressed"
          ariaRole="button"
          onClick={send}
        >
          {t('chat.send')}
        </View>
      </View>
      {/* Always there, and before the panel: what is put between others makes Taro send them all. */}
      <View style={dock} />
      {panel !== 'unused' && (
        <View className={panel === 'open' ? 'panel' : 'panel panel-closed'}>
          <EmojiPanel onPick={onPick} onBackspace={onBackspace} />
        </View>
      )}
    </View>
  );
});

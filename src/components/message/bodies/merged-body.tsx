import { View } from '@tarojs/components';
import { createContext, useContext } from 'react';
import { MERGED, type Merged, mergedIn } from '@/stores';
import { toast } from '../../page/dialogs';
import { useNavigate } from '../../page/navigate';
import { observer } from '../../page/observer';
import { routes } from '../../page/routes';
import { useTexts } from '../../page/use-texts';
import type { ContentProps } from '../body-props';
import { Bubble } from '../bubble';
import { messageTexts } from '../texts';
import { registerCustom } from './custom-body';

/** Yunxin's kits forward messages inside forwarded messages up to this level. */
const DEEPEST = 3;

/** The level of the page that shows the message: 0 in a conversation, 1 in a page of forwarded messages. */
export const MergedLevel = createContext(0);

/** Messages that were forwarded together: where they are from, and the first of them. A tap opens them. */
const MergedBody = observer(function MergedBody({ row, content, actions }: ContentProps<Merged>) {
  const t = useTexts(messageTexts);
  const navigate = useNavigate();
  const level = useContext(MergedLevel) + 1;
  const title = content.title ? t('mergedOf', { name: content.title }) : t('merged');
  const open = () =>
    level > DEEPEST ? toast(t('mergedTooDeep')) : navigate(routes.merged(content, level));
  // The lines are one node: each node of a row is sent.
  const lines = content.lines.map(({ name, text }) => oneLine(name ? `${name}: ${text}` : text));
  return (
    <Bubble row={row} actions={actions} className="cc" onTap={open}>
      <View className="cc-t" ariaRole="button">
        {title}
      </View>
      <View className="cc-n cc-l">{lines.join('\n')}</View>
      <View className="cc-f">{t('merged')}</View>
    </Bubble>
  );
});

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

registerCustom(MERGED, { parse: mergedIn, Body: MergedBody });

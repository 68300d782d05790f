import { View } from '@tarojs/components';
import { Button } from '@/components/ui/button';
import { useGoBack, useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { reasonOf } from '@/connection';
import { Code } from '@/sdk/codes';
import { useTexts } from '@/components/page/use-texts';
import type { ExitCause } from '../connection/room-state';
import { roomRoutes } from '../routes';
import type { RoomStore } from '../stores/room-store';
import { exitText } from './exit-text';
import { chatroomTexts } from '../texts';

interface ExitNoticeProps {
  room: RoomStore;
  enterAgain: () => void;
}

type Step = 'back' | 'again' | 'signIn';

/** Codes that require another sign-in. */
const SIGN_IN: readonly number[] = [
  302,
  403,
  404,
  Code.invalidToken,
  Code.accountNotExist,
  Code.accountBanned,
  Code.anonymousMemberForbidden,
];

/** Shows why the visit ended, with the text of the reasons table, and the possible next steps. */
export const ExitNotice = observer(function ExitNotice({ room, enterAgain }: ExitNoticeProps) {
  const { settings } = useStores();
  const t = useTexts(chatroomTexts);
  const navigate = useNavigate();
  const backToList = useGoBack(roomRoutes.list, 'replace');
  const { state, exitCode } = room;
  if (state.name !== 'exited') return null;
  const { cause } = state;
  const run: Readonly<Record<Step, () => void>> = {
    back: backToList,
    again: enterAgain,
    signIn: () => navigate(routes.login, 'restart'),
  };
  const [first, ...others] = stepsAfter(cause, exitCode);
  return (
    <View className="exit-mask" catchMove>
      <View className="exit" ariaRole="alert">
        <View className="exit-title">
          {t(cause.kind === 'refused' ? 'exit.refused' : 'exit.title')}
        </View>
        <View className="exit-text">{exitText(cause, exitCode, t, settings.language)}</View>
        {cause.kind === 'kicked' && cause.extension !== '' && (
          <View className="exit-text">{t('exit.extension', { text: cause.extension })}</View>
        )}
        {cause.kind === 'refused' && (
          <View className="exit-code">{t('exit.code', { code: exitCode })}</View>
        )}
        {cause.kind === 'refused' && cause.detail && (
          <View className="exit-code">{cause.detail}</View>
        )}
        <Button onClick={run[first]}>{t(`exit.${first}`)}</Button>
        {others.map((step) => (
          <Button key={step} kind="plain" onClick={run[step]}>
            {t(`exit.${step}`)}
          </Button>
        ))}
      </View>
    </View>
  );
});

/**
 * The most useful step comes first. A client never enters again by itself: two clients of an account would
 * kick each other for ever.
 */
function stepsAfter(cause: ExitCause, code: number): readonly [Step, ...Step[]] {
  switch (cause.kind) {
    case 'left':
    case 'replaced':
      return ['again', 'back'];
    case 'kicked':
      return cause.reason === 2 || cause.reason === -1 ? ['back', 'again'] : ['again', 'back'];
    case 'closed':
    case 'blocked':
      return ['back'];
    case 'banned':
      return ['back', 'signIn'];
    case 'refused':
      if (SIGN_IN.includes(code)) return ['signIn', 'back'];
      return reasonOf(code).retry ? ['again', 'back'] : ['back'];
  }
}

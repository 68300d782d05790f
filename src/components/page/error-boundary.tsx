import { View } from '@tarojs/components';
import { Component, type PropsWithChildren, type ReactNode } from 'react';
import { redact } from '@/connection/journal';
import type { Core } from '@/connection/boot';
import { appTexts } from '@/i18n';
import { Button } from '../ui/button';
import { copyText } from './dialogs';
import { NavBar } from './nav-bar';
import { useNavigate } from './navigate';
import { observer } from './observer';
import { rootClass } from './root-class';
import { routes } from './routes';
import { useStores } from './stores-context';
import { useTexts } from './use-texts';

interface ErrorBoundaryProps {
  core: Core;
  /** The page's path, for the report. */
  path: string;
  /** Whether the page is dark in both themes. */
  dark: boolean;
  /** Whether there may be a page below this one. */
  canGoBack: boolean;
}

interface ErrorBoundaryState {
  error: unknown;
  failed: boolean;
}

/**
 * Limits a rendering error to its own page. Without a boundary React unmounts everything up to its root, and
 * in a mini-program all pages share one root. In place of a blank page the user gets a button to reload the
 * page, and the details of the error for developers.
 */
export class ErrorBoundary extends Component<
  PropsWithChildren<ErrorBoundaryProps>,
  ErrorBoundaryState
> {
  override state: ErrorBoundaryState = { error: null, failed: false };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error, failed: true };
  }

  override componentDidCatch(error: unknown): void {
    const { core, path } = this.props;
    core.journal.record('view', `${path} ${nameOf(error)}`);
    console.error(`${path} could not be rendered:`, error);
  }

  private readonly reload = (): void => this.setState({ error: null, failed: false });

  override render(): ReactNode {
    const { children, path, dark, canGoBack } = this.props;
    const { error, failed } = this.state;
    if (!failed) return children;
    return (
      <Broken
        details={detailsOf(path, error)}
        dark={dark}
        canGoBack={canGoBack}
        onReload={this.reload}
      />
    );
  }
}

interface BrokenProps {
  details: string;
  dark: boolean;
  canGoBack: boolean;
  onReload: () => void;
}

/** Reads only the settings: any other store may be the cause of the error. */
const Broken = observer(function Broken({ details, dark, canGoBack, onReload }: BrokenProps) {
  const { settings } = useStores();
  const t = useTexts(appTexts);
  const navigate = useNavigate();
  return (
    <View className={rootClass(settings, { isDark: dark })}>
      {process.env.TARO_ENV === 'h5' && <NavBar title={t('error.title')} canGoBack={canGoBack} />}
      <View className="fill empty" ariaRole="alert">
        <View className="empty-title">{t('error.title')}</View>
        <View className="empty-hint">{t('error.hint')}</View>
        <Button onClick={onReload}>{t('error.reload')}</Button>
        <Button kind="quiet" onClick={() => void copyText(details, settings.language)}>
          {t('error.copy')}
        </Button>
        <Button kind="plain" onClick={() => navigate(routes.inspector)}>
          {t('me.inspector')}
        </Button>
      </View>
    </View>
  );
});

/** Details for developers: the page, the error and its stack; `redact` removes long opaque words. */
function detailsOf(path: string, error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return redact([path, nameOf(error), stack].filter(Boolean).join('\n'));
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

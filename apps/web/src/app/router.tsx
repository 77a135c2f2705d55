import { ApiError } from '@sochi/contract';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { LoadingState } from '#states/LoadingState.tsx';
import { NotFound } from '#states/NotFound.tsx';
import { RouteProblem } from '#states/RouteProblem.tsx';
import { queryClient } from './query-client.ts';
import { queryKeys } from './query-keys.ts';
import { sessionQuery } from './session.ts';

const root = createRootRoute({ notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/news', replace: true });
  },
});

/** Where to go after login; an address of another site is none of ours. */
const ownPath = (next: unknown): { next?: string } =>
  typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {};

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: ({ next }: Record<string, unknown>) => ownPath(next),
  beforeLoad: () => {
    if (queryClient.getQueryData(queryKeys.session)) throw redirect({ to: '/news', replace: true });
  },
  component: lazyRouteComponent(() => import('#login/LoginPage.tsx'), 'LoginPage'),
});

const portal = createRoute({
  getParentRoute: () => root,
  id: 'portal',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(sessionQuery);
    } catch (error) {
      if (!(error instanceof ApiError) || error.problem?.status !== 401) throw error;
      throw redirect({ to: '/login', search: ownPath(location.href), replace: true });
    }
  },
  component: lazyRouteComponent(() => import('#layout/PortalFrame.tsx'), 'PortalFrame'),
});

const news = createRoute({
  getParentRoute: () => portal,
  path: '/news',
  component: lazyRouteComponent(() => import('#news/NewsPage.tsx'), 'NewsPage'),
});

const reporting = createRoute({
  getParentRoute: () => portal,
  path: '/reporting',
  component: lazyRouteComponent(() => import('#reporting/ReportingPage.tsx'), 'ReportingPage'),
});

const toSign = createRoute({
  getParentRoute: () => portal,
  path: '/to-sign',
  component: lazyRouteComponent(() => import('#to-sign/ToSignPage.tsx'), 'ToSignPage'),
});

const archive = createRoute({
  getParentRoute: () => portal,
  path: '/archive',
  validateSearch: ({ tab }: Record<string, unknown>): { tab?: 'drafts' } =>
    tab === 'drafts' ? { tab } : {},
  component: lazyRouteComponent(() => import('#archive/ArchivePage.tsx'), 'ArchivePage'),
});

const filing = createRoute({
  getParentRoute: () => portal,
  path: '/filings/$id',
  component: lazyRouteComponent(() => import('#filing/FilingPage.tsx'), 'FilingPage'),
});

const review = createRoute({
  getParentRoute: () => portal,
  path: '/filings/$id/review',
  component: lazyRouteComponent(() => import('#to-sign/ReviewPage.tsx'), 'ReviewPage'),
});

const edit = createRoute({
  getParentRoute: () => portal,
  path: '/filings/$id/edit',
  component: lazyRouteComponent(() => import('#form-editor/FilingEditorPage.tsx'), 'FilingEditorPage'),
});

/** The pages of the portal. Each is its own file of code, fetched when the pointer comes near its link. */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    login,
    portal.addChildren([news, reporting, toSign, archive, filing, review, edit]),
  ]),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 300,
  defaultPendingComponent: LoadingState,
  defaultErrorComponent: RouteProblem,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

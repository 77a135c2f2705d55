import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { NotFound } from '#states/NotFound.tsx';
import { RouteProblemLater } from '#states/RouteProblemLater.tsx';

const root = createRootRoute({ notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    redirect({ throw: true, to: '/news', replace: true });
  },
});

/** Where to go after login; an address of another site is none of ours. */
const ownPath = (next: unknown): { next?: string } =>
  typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {};

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: ({ next }: Record<string, unknown>) => ownPath(next),
  component: lazyRouteComponent(() => import('#login/LoginPage.tsx'), 'LoginPage'),
});

const portal = createRoute({
  getParentRoute: () => root,
  id: 'portal',
  beforeLoad: async ({ location }) => {
    const { requireSession } = await import('./require-session.ts');
    await requireSession(location.href);
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

const roles = createRoute({
  getParentRoute: () => portal,
  path: '/roles',
  component: lazyRouteComponent(() => import('#roles/RolesPage.tsx'), 'RolesPage'),
});

const archive = createRoute({
  getParentRoute: () => portal,
  path: '/archive',
  validateSearch: ({ tab }: Record<string, unknown>): { tab?: 'drafts' } => (tab === 'drafts' ? { tab } : {}),
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
    portal.addChildren([news, reporting, toSign, archive, roles, filing, review, edit]),
  ]),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: RouteProblemLater,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

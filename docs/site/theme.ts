/** TypeDoc's own theme with the addresses and the navigation of pages.ts. */
import {
  BaseRouter,
  DefaultTheme,
  DocumentReflection,
  type NavigationElement,
  type ProjectReflection,
  Reflection,
  type RouterTarget,
} from 'typedoc';
import { addressOf, navigation, type Page } from './pages.ts';

/** Set before rendering: what TypeDoc makes routers and themes with has no place for it. */
export const site: { pages: readonly Page[]; playground: boolean } = { pages: [], playground: false };

/** docs/<document>, api/<package>/<name>. */
export class SiteRouter extends BaseRouter {
  protected override getIdealBaseName(target: RouterTarget): string {
    if (target instanceof DocumentReflection) {
      return addressOf(site.pages.find(({ document }) => document === target)!.path);
    }
    const parts: string[] = [];
    for (let at: RouterTarget | undefined = target; at && !isProject(at); at = at.parent)
      parts.unshift(at.name.replace('@', ''));
    return ['api', ...parts.flatMap((part) => part.split('/')).map((part) => this.getUrlSafeName(part))].join('/');
  }
}

const isProject = (target: RouterTarget): boolean => target instanceof Reflection && target.isProject();

export class SiteTheme extends DefaultTheme {
  override buildNavigation(project: ProjectReflection): NavigationElement[] {
    const modules = super.buildNavigation(project).filter(({ path }) => path?.startsWith('api/'));
    // What folds is no link: it begins with one.
    const folded = modules.map(({ path, children = [], ...module }) => ({
      ...module,
      children: [{ text: 'Overview', path: path! }, ...children],
    }));
    const leaf = ({ document }: Page): NavigationElement => ({
      text: document.name,
      path: this.router.getFullUrl(document),
    });
    const sections = navigation(site.pages).flatMap(({ title, folded, pages }) => {
      const leaves = pages.map(leaf);
      if (leaves.length === 0) return [];
      return folded ? [{ text: title, children: leaves }] : [{ text: title }, ...leaves];
    });
    const playground = site.playground ? [{ text: 'Playground', path: 'playground/index.html' }] : [];
    return [...playground, ...sections, { text: 'API' }, ...folded];
  }
}

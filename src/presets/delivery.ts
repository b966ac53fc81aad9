/** How a changed route or key reaches a running gateway. */
export enum Delivery {
  /**
   * A sidecar hands changed files to the running gateway: no restart, no lost turn. A route to a provider whose key
   * was not mounted before still needs a new pod, which Kubernetes makes by itself.
   */
  LIVE = 'live',

  /**
   * A new pod takes over: at once after `kubectl apply` of a changed route, and after a rotated key where Stakater
   * Reloader runs in the cluster.
   *
   * @see https://github.com/stakater/Reloader
   */
  RESTART = 'restart',
}

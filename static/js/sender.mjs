// Sends changes one request at a time, again and again until the server says that it has them. A repeat is harmless:
// each change carries when it was made, and of two changes to one answer the server lets the later stand.
const PATIENCE = 20_000 // milliseconds for an answer
const PAUSES = [1, 2, 4, 8, 15, 30] // seconds between attempts, give or take a quarter: not all tablets come at once
const LONGEST_KEPT_ALIVE = 20_000 // characters of a request that may outlive its page; browsers allow 64 kB in all

export class Sender {
  #url
  #token
  #device
  #show
  #pending = new Map()
  #places = new Map() // name of a field → where on the device its last change was kept
  #sending = null
  #timer
  #failures = 0
  #hasRenewed = false
  #problems = new Set() // names of what was refused for what it is
  #page = '' // told to the server until what it had kept for this page is saved
  #ahead // milliseconds by which the server's clock is ahead of the device's; never overestimated
  #latest = 0
  revision
  stopped = false

  // `show(state, words)` is told "saving", "saved", "waiting", "problem", "signed out", "somebody else", or "refused" with a reason;
  // `show.arrived(change)` each change that is stored; `show.news(list)` what another page of the member's has changed.
  constructor ({ url, token, revision, now, device, show }) {
    this.#url = url
    this.#token = token
    this.#device = device
    this.#show = show
    this.revision = revision
    this.#ahead = now - Date.now()
    this.#latest = now
    window.addEventListener('online', () => this.send())
  }

  // The server holds what was typed on this page before the member had to sign in; it can let go once that is saved.
  letGoOf (page) { this.#page = page }

  get unsent () { return [...this.#pending.values()] }

  get hasProblems () { return this.#problems.size > 0 }

  isUnsent (name) { return this.#pending.has(name) }

  // Later than all that this page has made or seen, so that what was changed in sight of something replaces it.
  #moment () {
    this.#latest = Math.max(this.#latest + 1, Math.round(Date.now() + this.#ahead))
    return this.#latest
  }

  // `madeAt` is for what was made on an earlier page, which the server kept until the member had signed in.
  async change (name, value, madeAt = this.#moment()) {
    const change = { name, value, madeAt, place: this.#places.get(name) }
    this.#pending.set(name, change)
    if (!this.stopped) this.#show('saving')
    change.isKept = await this.#device.keep(change)
    this.#places.set(name, change.place)
    return this.send()
  }

  // What an earlier page could not send any more, oldest first; its own moment stays, and so does its place on the device
  // until something newer takes it.
  // Gives whether it is the newest.
  adopt (change) {
    const other = this.#pending.get(change.name)
    const isNewest = !other || other.madeAt < change.madeAt
    if (other) this.#device.forget(isNewest ? other : change)
    if (!isNewest) return false
    this.#pending.set(change.name, { ...change, isKept: true })
    this.#places.set(change.name, change.place)
    return true
  }

  // Resolves to whether everything is with the server.
  async send () {
    while (this.#pending.size && !this.stopped) {
      this.#sending ??= this.#attempt().finally(() => { this.#sending = null })
      if (!await this.#sending) return false
    }
    return !this.#pending.size
  }

  async #attempt () {
    clearTimeout(this.#timer)
    const batch = this.unsent
    this.#show('saving')
    try {
      const response = await this.#post(batch)
      if (response.status === 403) return await this.#renewToken()
      return await this.#heard(response, batch)
    } catch {
      return this.#later()
    }
  }

  #post (batch) {
    const changes = batch.map(({ name, value, madeAt }) => ({ name, value, made_at: madeAt }))
    const body = JSON.stringify({ seen: this.revision, page: this.#page, changes })
    return this.#fetch(this.#url, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': this.#token },
      keepalive: body.length < LONGEST_KEPT_ALIVE
    })
  }

  // AbortSignal.timeout() is not known to tablets of 2021 and before.
  #fetch (url, options = {}) {
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), PATIENCE)
    const answer = fetch(url, { ...options, cache: 'no-store', redirect: 'manual', signal: patience.signal })
    return answer.finally(() => clearTimeout(timer))
  }

  async #heard (response, batch) {
    if (response.type === 'opaqueredirect') return this.#stop('signed out')
    if (response.status === 404) return this.#stop('somebody else')
    if (response.status >= 500 || response.status === 429) return this.#later()
    const reply = await response.json()
    if (!response.ok) return this.#stop('refused', reply.why_not)
    this.#failures = 0
    this.#hasRenewed = false
    this.#page = ''
    this.#note(reply)
    const problems = new Map(reply.problems.map(({ name, message }) => [name, message]))
    const elsewhere = new Map(reply.elsewhere.map(({ name, value }) => [name, value]))
    for (const change of batch) this.#settle(change, problems.get(change.name), elsewhere.get(change.name))
    this.#show.news(reply.elsewhere)
    if (!this.#pending.size) this.#show(this.#problems.size ? 'problem' : 'saved')
    return true
  }

  // Stored; or beaten by a later change, which the news will show; or refused for what it is, and then kept on the device
  // until the member has mended it.
  #settle (change, problem, stands = change.value) {
    if (this.#pending.get(change.name)?.madeAt === change.madeAt) this.#pending.delete(change.name)
    if (problem) {
      this.#problems.add(change.name)
      return this.#show.problem(change.name, problem)
    }
    this.#problems.delete(change.name)
    this.#device.forget(change)
    if (stands === change.value) this.#show.arrived(change)
  }

  #note ({ revision, now }) {
    this.revision = Math.max(this.revision, revision)
    this.#ahead = Math.max(this.#ahead, now - Date.now())
    this.#latest = Math.max(this.#latest, now)
  }

  #later () {
    this.#show('waiting')
    const pause = PAUSES[Math.min(this.#failures++, PAUSES.length - 1)] * (0.75 + Math.random() / 2)
    this.#timer = setTimeout(() => this.send(), pause * 1000)
    return false
  }

  #stop (state, words) {
    this.stopped = true
    this.#show(state, words)
    return false
  }

  // Signing in again in another window makes the page's token worthless; if it is still the same person, there is a new
  // one. Once only: a token that was just renewed and does not do is no token.
  async #renewToken () {
    const who = this.#hasRenewed ? 'signed out' : await this.ask()
    if (who === 'us') this.#hasRenewed = true
    else if (who !== 'refused') this.#stop(who)
    return who === 'us'
  }

  // After signing in again in another window: whether it is still us, and whether anything waits to be sent.
  async resume () {
    if (await this.ask() !== 'us') return false
    this.stopped = false
    if (!this.#pending.size) this.#show('saved')
    return this.send()
  }

  // Asks what other pages have changed. Resolves to "us", or to why nothing of ours can be saved.
  async ask () {
    const response = await this.#fetch(`${this.#url}?seen=${this.revision}`)
    if (response.type === 'opaqueredirect') return 'signed out'
    if (response.status === 404) return 'somebody else'
    if (!response.ok) throw new Error(response.status)
    const reply = await response.json()
    const isOld = reply.revision < this.revision // overtaken by the answer to a change
    this.#token = reply.token
    this.#note(reply)
    if (!isOld) this.#show.news(reply.elsewhere)
    if (!reply.why_not) return 'us'
    this.#stop('refused', reply.why_not)
    return 'refused'
  }
}

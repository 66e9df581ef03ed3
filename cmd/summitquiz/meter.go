package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"summitquiz/bot/store/sqlite"
)

// meter counts for /metrics. Its names are a promise to dashboards.
type meter struct {
	registry  *prometheus.Registry
	inputs    *prometheus.CounterVec
	latency   *prometheus.HistogramVec
	posts     *prometheus.CounterVec
	delivery  *prometheus.HistogramVec
	answers   *prometheus.CounterVec
	games     prometheus.Gauge
	dailies   *prometheus.CounterVec
	late      *prometheus.HistogramVec
	backlog   *prometheus.GaugeVec
	conflicts prometheus.Counter
	bounded   *prometheus.CounterVec
	queued    prometheus.Gauge
	committed prometheus.Histogram
	batch     prometheus.Histogram
}

func newMeter() *meter {
	seconds := prometheus.ExponentialBuckets(0.0005, 2, 15) // 0.5 ms to 8 s
	m := &meter{
		registry: prometheus.NewRegistry(),
		inputs:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "summitquiz_inputs_total", Help: "Inputs handled."}, []string{"platform", "kind", "outcome"}),
		latency:  prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "summitquiz_input_seconds", Help: "Time from an input to its durable reply.", Buckets: seconds}, []string{"platform", "kind"}),
		posts:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "summitquiz_posts_total", Help: "Attempts to deliver a post, by outcome."}, []string{"platform", "outcome"}),
		delivery: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "summitquiz_post_seconds", Help: "Time of one attempt to deliver a post.", Buckets: seconds}, []string{"platform"}),
		answers:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "summitquiz_answers_total", Help: "Counted answers, by mark."}, []string{"platform", "mark"}),
		games:    prometheus.NewGauge(prometheus.GaugeOpts{Name: "summitquiz_games", Help: "Games in memory."}),
		dailies: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "summitquiz_dailies_total", Help: "Occurrences of dailies, by outcome."},
			[]string{"platform", "outcome"}),
		late: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "summitquiz_daily_late_seconds", Help: "How late a daily arrived.",
			Buckets: prometheus.ExponentialBuckets(1, 2, 14)}, []string{"platform"}),
		backlog:   prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "summitquiz_posts_waiting", Help: "Posts that wait to be delivered."}, []string{"platform"}),
		conflicts: prometheus.NewCounter(prometheus.CounterOpts{Name: "summitquiz_conflicts_total", Help: "Changes decided anew because another process was first."}),
		bounded:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "summitquiz_bounded_total", Help: "Refusals for the sake of room, by what was full."}, []string{"bound"}),
		queued:    prometheus.NewGauge(prometheus.GaugeOpts{Name: "summitquiz_chats_with_queue", Help: "Chats to which posts are being delivered."}),
		committed: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "summitquiz_commit_seconds", Help: "Time of one commit to the database.", Buckets: seconds}),
		batch:     prometheus.NewHistogram(prometheus.HistogramOpts{Name: "summitquiz_commit_changes", Help: "Changes that shared one commit.", Buckets: prometheus.ExponentialBuckets(1, 2, 12)}),
	}
	m.registry.MustRegister(m.inputs, m.latency, m.posts, m.delivery, m.answers, m.games,
		m.dailies, m.late, m.backlog, m.conflicts, m.bounded, m.queued, m.committed, m.batch,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// watch reports what a store tells of itself.
func (m *meter) watch(store database) {
	m.registry.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "summitquiz_store_queue", Help: "Changes that wait for the writer."},
			func() float64 { return float64(store.Queued()) }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "summitquiz_commits_failed_total", Help: "Commits to the database that failed."},
			func() float64 { return float64(store.FailedCommits()) }))
	if file, is := store.(*sqlite.DB); is {
		m.watchFile(file)
	}
}

// watchFile reports what only a database in a file has.
func (m *meter) watchFile(store *sqlite.DB) {
	m.registry.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "summitquiz_store_log_bytes", Help: "Size of the database's write-ahead log."},
			func() float64 { return float64(store.LogSize()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "summitquiz_last_backup_timestamp_seconds", Help: "When the database was last backed up; 0: never."}, func() float64 {
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			defer cancel()
			at, err := store.LastBackup(ctx)
			if err != nil || at.IsZero() {
				return 0
			}
			return float64(at.Unix())
		}))
}

// Handled counts an input.
func (m *meter) Handled(platform, kind string, took time.Duration, err error) {
	outcome := "ok"
	if err != nil {
		outcome = "error"
	}
	m.inputs.WithLabelValues(platform, kind, outcome).Inc()
	m.latency.WithLabelValues(platform, kind).Observe(took.Seconds())
}

// Delivered counts an attempt to deliver a post.
func (m *meter) Delivered(platform, outcome string, took time.Duration) {
	m.posts.WithLabelValues(platform, outcome).Inc()
	m.delivery.WithLabelValues(platform).Observe(took.Seconds())
}

// Answered counts a counted answer.
func (m *meter) Answered(platform, mark string) { m.answers.WithLabelValues(platform, mark).Inc() }

// Playing tells how many games are in memory.
func (m *meter) Playing(games int) { m.games.Set(float64(games)) }

// Bounded counts a refusal for the sake of room.
func (m *meter) Bounded(bound string) { m.bounded.WithLabelValues(bound).Inc() }

// Conflicted counts a change that was refused because another writer was first.
func (m *meter) Conflicted() { m.conflicts.Inc() }

// Daily counts what became of an occurrence of a daily.
func (m *meter) Daily(platform, outcome string) { m.dailies.WithLabelValues(platform, outcome).Inc() }

// Late tells how late a daily arrived.
func (m *meter) Late(platform string, late time.Duration) {
	m.late.WithLabelValues(platform).Observe(late.Seconds())
}

// Backlog tells how many posts wait.
func (m *meter) Backlog(platform string, posts int) {
	m.backlog.WithLabelValues(platform).Set(float64(posts))
}

// Queued tells to how many chats posts are being delivered.
func (m *meter) Queued(chats int) { m.queued.Set(float64(chats)) }

// Committed tells how many changes shared a commit and how long it took.
func (m *meter) Committed(changes int, took time.Duration) {
	m.committed.Observe(took.Seconds())
	m.batch.Observe(float64(changes))
}

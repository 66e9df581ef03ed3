package content

type index struct{}

package pick

// Easy and Hard report the level that a pick gives an item of the pack with this prior.
func (x *Index) Easy(prior int) bool { return x.level(prior) == easy }
func (x *Index) Hard(prior int) bool { return x.level(prior) == hard }

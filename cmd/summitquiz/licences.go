package main

import _ "embed"

// licenceTexts are those of the modules that the program is built from: make licences writes them.
//
//go:embed licences.txt
var licenceTexts string

type licencesCommand struct{}

func (licencesCommand) Help() string {
	return `Example:

    summitquiz licences | less`
}

func (licencesCommand) Run(s streams) error {
	_, err := s.out.Write([]byte(licenceTexts))
	return err
}

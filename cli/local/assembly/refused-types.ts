/**
 * The version of the emulator that the lists below apply to. They contain the
 * resource types that its CloudFormation does not register. Check both if you
 * change the version in assets/cli/requirements.txt.
 */
export const EMULATOR_VERSION = '1.5.33';

/**
 * Resource types that MiniStack 1.5.33 does not support. It rejects a template
 * that contains one of them, not only the resource.
 *
 * The list contains only types that monitor, protect, scale, back up or
 * describe other resources: without them, a webhook is processed as before.
 * Other unsupported types still fail the deployment, because leaving them out
 * would change what the app does.
 */
export const REFUSED_TYPES: ReadonlySet<string> = new Set([
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::ApplicationInsights::Application',
  'AWS::ApplicationSignals::Discovery',
  'AWS::ApplicationSignals::ServiceLevelObjective',
  'AWS::Backup::BackupSelection',
  'AWS::Budgets::Budget',
  'AWS::CE::AnomalyMonitor',
  'AWS::CE::AnomalySubscription',
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration',
  'AWS::Chatbot::SlackChannelConfiguration',
  'AWS::CloudTrail::Trail',
  'AWS::CloudWatch::AlarmMuteRule',
  'AWS::CloudWatch::AnomalyDetector',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::InsightRule',
  'AWS::CloudWatch::MetricStream',
  'AWS::Config::ConfigRule',
  'AWS::EventSchemas::Discoverer',
  'AWS::EventSchemas::Registry',
  'AWS::EventSchemas::RegistryPolicy',
  'AWS::EventSchemas::Schema',
  'AWS::Events::Archive',
  'AWS::Events::EventBusPolicy',
  'AWS::FIS::ExperimentTemplate',
  'AWS::Logs::Delivery',
  'AWS::Logs::DeliveryDestination',
  'AWS::Logs::DeliverySource',
  'AWS::Logs::LogAnomalyDetector',
  'AWS::Logs::QueryDefinition',
  'AWS::Oam::Link',
  'AWS::Oam::Sink',
  'AWS::ResourceGroups::Group',
  'AWS::S3::StorageLens',
  'AWS::SNS::TopicInlinePolicy',
  'AWS::SQS::QueueInlinePolicy',
  'AWS::SSMIncidents::ResponsePlan',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::ServiceCatalogAppRegistry::Application',
  'AWS::ServiceCatalogAppRegistry::AttributeGroup',
  'AWS::ServiceCatalogAppRegistry::AttributeGroupAssociation',
  'AWS::ServiceCatalogAppRegistry::ResourceAssociation',
  'AWS::Shield::Protection',
  'AWS::Synthetics::Canary',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::WAFv2::WebACLAssociation',
  'AWS::XRay::Group',
  'AWS::XRay::ResourcePolicy',
  'AWS::XRay::SamplingRule',
  'AWS::XRay::TransactionSearchConfig',
]);
